import { quickGuid } from '../shapes.js';
import type { Built, Draft } from '../shapes.js';
import { documents } from '../people.js';

/**
 * RecordTypes 11, 13, 33, 63 and their kin. The matched value of a real event is a secret with its surroundings; here
 * it is a test number that belongs to nobody.
 */
export function dlpRuleMatch(
  draft: Draft,
  forced: { policy?: string; count?: number; severity?: string } = {},
): Built {
  const { random, user, domain, recordType } = draft;
  const exchange = recordType === 13;
  const endpoint = recordType === 63;
  const file = random.pick(documents);
  const count = forced.count ?? 1 + random.int(4);
  const from = `${user.alias}@${domain}`;
  return {
    operation: endpoint ? random.pick(['FileCopiedToRemovableMedia', 'FilePrinted']) : 'DlpRuleMatch',
    workload: endpoint ? 'Endpoint' : exchange ? 'Exchange' : 'SharePoint',
    userType: 4,
    objectId: exchange
      ? `<${quickGuid(random)}@${domain}>`
      : `https://${domain}/sites/hr/Shared Documents/${file}`,
    fields: {
      PolicyId: quickGuid(random),
      IncidentId: quickGuid(random),
      SensitiveInfoDetectionIsIncluded: true,
      PolicyDetails: [policyDetails(draft, forced, count)],
      ...(exchange && {
        ExchangeMetaData: {
          MessageID: `<${quickGuid(random)}@${domain}>`,
          From: from,
          To: ['kai@fabrikam.example'],
          CC: [],
          BCC: [],
          Subject: 'Rechnung für Ånna',
          Sent: new Date(draft.at).toISOString().slice(0, 19),
          RecipientCount: 1,
        },
      }),
      ...(endpoint && {
        EndpointMetaData: {
          EnforcementMode: 1,
          FileExtension: 'xlsx',
          FileType: 'XLSX',
          DeviceName: 'pc-0042',
        },
      }),
      ...(!exchange &&
        !endpoint && {
          SharePointMetaData: {
            From: from,
            FileName: file,
            FileOwner: user.displayName,
            FilePathUrl: `https://${domain}/sites/hr/Shared Documents/${file}`,
            DocumentLastModifier: user.displayName,
            SiteCollectionUrl: `https://${domain}/sites/hr`,
            UniqueID: quickGuid(random),
          },
        }),
      // An object, or the same as JSON in a string.
      ...(random.int(6) === 0 && {
        ExceptionInfo:
          random.int(2) === 0 ? { Reason: 'Override', FalsePositive: false } : '{"Reason":"Override"}',
      }),
    },
  };
}

function policyDetails(
  { random }: Draft,
  forced: { policy?: string; severity?: string },
  count: number,
): object {
  return {
          PolicyId: quickGuid(random),
          PolicyName: forced.policy ?? 'Financial data',
          Rules: [
            {
              RuleId: quickGuid(random),
              RuleName: 'Card numbers leave the house',
              RuleMode: 'Enable',
              Severity: forced.severity ?? random.pick(['Low', 'Medium']),
              Actions: ['BlockAccess', 'NotifyUser', 'GenerateIncidentReport'],
              ConditionsMatched: {
                SensitiveInformation: [
                  {
                    Confidence: 85,
                    Count: count,
                    UniqueCount: count,
                    Location: 'Message Body',
                    SensitiveType: '50842eb7-edc8-4019-85dd-5a5c1f2bb085',
                    SensitiveInformationTypeName: 'Credit Card Number',
                    SensitiveInformationDetections: {
                      DetectedValues: [
                        { Name: '4111111111111111', Value: 'Karte: 4111111111111111, gültig bis' },
                      ],
                      ResultsTruncated: false,
                    },
                  },
                ],
              },
            },
          ],
        };
}
