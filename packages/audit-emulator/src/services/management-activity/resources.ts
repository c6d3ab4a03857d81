import { af } from './errors.js';
import type { FeedCall } from './feed-call.js';
import { sendJson } from './respond.js';

const types: readonly { id: string; en: string; es: string }[] = [
  { id: '50842eb7-edc8-4019-85dd-5a5c1f2bb085', en: 'CreditCardNumber', es: 'Número de tarjeta de crédito' },
  {
    id: '0e9b3178-9678-47dd-a509-37222ca96b42',
    en: 'EUDebitCardNumber',
    es: 'Número de tarjeta de débito de la UE',
  },
];

/** Names of sensitive information types, in one language: `Accept-Language: en-US`; unknown ones get English. */
export function dlpSensitiveTypes(feed: FeedCall): Response {
  feed.requirePermission();
  const language = (feed.call.headers.get('accept-language') ?? '*').trim();
  if (language.includes(',')) throw af.oneLanguage();
  if (!/^(?:\*|[a-z]{2,3}(?:-[a-z\d]{2,8})*)$/i.test(language)) throw af.languageSyntax();
  const spanish = /^es\b/i.test(language);
  return sendJson(
    feed,
    200,
    types.map(({ id, en, es }) => ({ id, name: spanish ? es : en })),
  );
}
