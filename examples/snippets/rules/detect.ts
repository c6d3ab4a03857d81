import { detect, loadRules, readNdjson, starterRules } from 'audit-rules';

const rules = await loadRules([starterRules, 'rules/'], {
  tenant: { domains: ['contoso.com', 'contoso.onmicrosoft.com'] },
});
for await (const alert of detect(readNdjson('records/'), rules)) console.log(JSON.stringify(alert));
