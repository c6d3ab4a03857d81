import { getOtherDates } from './date-mistakes.js';
import { signVariants } from './signed-request.js';
import type { Hypothesis } from './signed-request.js';

const paths = [
  '/api/logs?api-version=2016-04-01',
  'api/logs',
  '/api/logs/',
  '/api/log',
  '/Api/Logs',
  '/API/LOGS',
  '/',
  '',
  '/api/logs?api-version=2015-03-20',
  '?api-version=2016-04-01',
];

/** Mistakes in one line of the signed string. */
export const partMistakes: readonly Hypothesis[] = [
  {
    finding: 'The path was signed with its query, or otherwise than /api/logs.',
    signatures: (request) => {
      const id = request.workspaceId ?? '';
      const host = `https://${id}.ods.opinsights.azure.com`;
      return signVariants(request, 'path', [
        ...paths,
        `/${id}/api/logs`,
        `${host}/api/logs`,
        `${host}/api/logs?api-version=2016-04-01`,
      ]);
    },
  },
  {
    finding: 'The content type was signed with a charset, or is another than application/json.',
    signatures: (request) =>
      signVariants(request, 'contentType', [
        'application/json; charset=utf-8',
        'application/json;charset=utf-8',
        'application/json; charset=UTF-8',
        'application/json;charset=UTF-8',
        'Application/Json',
        'application/json ',
        'text/plain',
        'text/json',
        'application/x-www-form-urlencoded',
        '',
        ...(request.contentType === undefined ? [] : [request.contentType]),
      ]),
  },
  {
    finding: 'The method was signed otherwise than in capitals as POST.',
    signatures: (request) => signVariants(request, 'method', ['post', 'Post', 'PUT', 'GET', 'PATCH', '']),
  },
  {
    finding: 'The line of the date must be x-ms-date:, in lower case and without a space behind the colon.',
    signatures: (request) =>
      signVariants(
        request,
        'date',
        [
          'X-MS-Date:',
          'x-ms-date: ',
          'X-Ms-Date:',
          'X-MS-DATE:',
          'x-ms-date',
          'date:',
          'Date:',
          'x-ms-date=',
          '',
        ].map((prefix) => `${prefix}${request.date}`),
      ),
  },
  {
    finding:
      'The date was signed in another format than it was sent in x-ms-date: sign the same text, in RFC 1123.',
    signatures: (request) => signVariants(request, 'date', getOtherDates(request.date)),
  },
];
