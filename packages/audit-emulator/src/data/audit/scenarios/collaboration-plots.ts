import { quickGuid } from '../shapes.js';
import type { Fields } from '../shapes.js';
import type { Plots } from './plot.js';

function copilot(message: Fields, resources: Fields[] = []): Fields {
  return {
    CopilotEventData: {
      AppHost: 'Teams',
      Messages: [{ Id: '1', isPrompt: true, JailbreakDetected: false }, { Id: '2', ...message }],
      AccessedResources: resources,
    },
  };
}

export type CollaborationScenarioName =
  | 'anonymous-link'
  | 'guest-invited'
  | 'ediscovery-export'
  | 'copilot-abuse'
  | 'help-desk-chat';

/** Links, guests, searches, Copilot and Teams: rows 19, 20, 22, 23, 24. */
export const collaborationPlots: Plots<CollaborationScenarioName> = {
  // A file for anyone who has the link; a link for people of the house.
  'anonymous-link': (stage) => {
    const file = { document: 'Salaries — confidential.xlsx', site: 'hr' };
    return {
      hit: [
        stage.share(0, stage.person(6), { ...file, operation: 'AnonymousLinkCreated' }),
        stage.share(9, stage.person(6), { ...file, operation: 'AnonymousLinkUsed' }, { userId: 'anonymous', clientIp: '203.0.113.9' }),
      ],
      nearMiss: [stage.share(30, stage.person(6), { ...file, operation: 'CompanyLinkCreated' })],
    };
  },
  // Somebody from outside becomes a guest, then a member of a team; a colleague joins the team.
  'guest-invited': (stage) => {
    const member = (name: string, upn: string): Fields => ({
      TeamName: 'Projekt Süd',
      Members: [{ DisplayName: name, Role: 1, UPN: upn }],
    });
    const guest = stage.guestAccount('kai@fabrikam.example');
    return {
      hit: [
        stage.directory(0, stage.person(6), 'Invite external user.', [['UserType', '["Guest"]', '[]']]),
        stage.other(5, 25, stage.person(6), 'MemberAdded', 'MicrosoftTeams', member('Kai', guest)),
      ],
      nearMiss: [
        stage.other(30, 25, stage.person(6), 'MemberAdded', 'MicrosoftTeams', member('Eva Núñez', stage.address(stage.person(4)))),
      ],
    };
  },
  // A search over all mailboxes is exported, then purged; another is only created.
  'ediscovery-export': (stage) => {
    const user = stage.person(1);
    const compliance = 'SecurityComplianceCenter';
    return {
      hit: [
        stage.other(0, 24, user, 'SearchCreated', compliance, { Query: 'salary' }),
        stage.other(6, 24, user, 'SearchExported', compliance, { Query: 'salary' }),
        stage.other(9, 24, user, 'New-ComplianceSearchAction', compliance, {
          Parameters: '-SearchName "salary" -Purge -PurgeType "SoftDelete"',
        }),
      ],
      nearMiss: [
        stage.other(30, 24, user, 'SearchCreated', compliance, { Query: 'case 7' }),
        stage.other(31, 24, user, 'New-ComplianceSearchAction', compliance, { Parameters: '-SearchName "case 7" -Preview' }),
      ],
    };
  },
  // A prompt that breaks out and a document that gives orders; an ordinary question.
  'copilot-abuse': (stage) => {
    const document = (injected: boolean): Fields => ({ Name: 'offer.docx', XPIADetected: injected, Status: 'success' });
    const ask = (at: number, fields: Fields) =>
      stage.other(at, 261, stage.person(14), 'CopilotInteraction', 'Copilot', fields);
    return {
      hit: [ask(0, copilot({ JailbreakDetected: true })), ask(3, copilot({}, [document(true)]))],
      nearMiss: [ask(30, copilot({}, [document(false)]))],
    };
  },
  // A chat from another tenant in the name of the help desk; one of a partner.
  'help-desk-chat': (stage) => {
    const chat = (at: number, userId: string, name: string) => {
      const draft = stage.draft(at, 25, stage.person(13));
      return stage.other(
        at,
        25,
        stage.person(13),
        'ChatCreated',
        'MicrosoftTeams',
        {
          CommunicationType: 'OneOnOne',
          ChatThreadId: `19:${quickGuid(draft.random)}@unq.gbl.spaces`,
          ParticipantInfo: { HasForeignTenantUsers: true, HasGuestUsers: false },
          Members: [{ DisplayName: name, Role: 1, UPN: userId }],
        },
        { userId },
      );
    };
    return {
      hit: [chat(0, 'it-support@fabrikam.example', 'Help Desk'), stage.signIn(12, stage.person(13), { ip: '203.0.113.66' })],
      nearMiss: [chat(30, 'kai@fabrikam.example', 'Kai')],
    };
  },
};
