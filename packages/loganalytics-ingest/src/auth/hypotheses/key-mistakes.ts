import { encodeBase64, encodeHex, encodeText, encodeUtf16 } from '../signing.js';
import { signByKeys, decodeLoosely, decodeText } from './signed-request.js';
import type { Hypothesis } from './signed-request.js';

export const keyMistakes: readonly Hypothesis[] = [
  {
    finding: 'The key was used as text: decode it from base64 first.',
    signatures: (request) =>
      signByKeys(request, [
        encodeText(request.sharedKey.trim()),
        encodeText(request.sharedKey),
        encodeText(request.sharedKey.trim().replace(/=+$/, '')),
        encodeUtf16(request.sharedKey.trim()),
      ]),
  },
  {
    finding: 'The key was decoded into text and encoded again, which changes its bytes: keep it as bytes.',
    signatures: (request) =>
      signByKeys(
        request,
        request.key
          ? [
              encodeText(String.fromCharCode(...request.key)),
              encodeText(decodeText(request.key)),
              encodeText(encodeHex(request.key)),
            ]
          : [],
      ),
  },
  {
    finding: 'The key was cut, or has white space or a line break in it when it is decoded.',
    signatures: (request) =>
      signByKeys(request, [
        decodeLoosely(request.sharedKey.trim().slice(0, -4)),
        decodeLoosely(request.sharedKey.trim().slice(4)),
        request.key?.slice(0, 32),
        request.key?.slice(0, -1),
        request.key && Uint8Array.from([...request.key, 10]),
      ]),
  },
  {
    finding: 'The key was decoded twice, or encoded once more before it was used.',
    signatures: (request) =>
      signByKeys(
        request,
        request.key
          ? [
              decodeLoosely(String.fromCharCode(...request.key)),
              encodeText(encodeBase64(encodeText(request.sharedKey.trim()))),
            ]
          : [],
      ),
  },
  {
    finding: 'The workspace id was used as the key.',
    signatures: (request) => {
      const id = request.workspaceId ?? '';
      return signByKeys(
        request,
        id === '' ? [] : [encodeText(id), decodeLoosely(id), encodeText(id.toLowerCase())],
      );
    },
  },
  {
    finding: 'The key is empty: it was not set where the request was signed.',
    signatures: (request) =>
      signByKeys(request, [new Uint8Array(0), encodeText('undefined'), encodeText('null')]),
  },
  {
    finding: 'Another of the given keys made the signature: it belongs to another workspace, or was renewed.',
    signatures: (request) => signByKeys(request, request.otherKeys.map(decodeLoosely)),
  },
];
