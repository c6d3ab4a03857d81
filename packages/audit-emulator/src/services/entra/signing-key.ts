import type { JWK } from 'jose';

/**
 * The key of every emulator's access tokens. It is public on purpose: with one key the same seed gives the same
 * tokens, byte for byte, and nothing but an emulator trusts what it signs.
 */
export const publicKnowledge: JWK = {
  kty: 'RSA',
  n:
    'zgkxVwdnz0f0KiP6XyAw3Qvs3X-T55Dt1Vaem4qTE8FkWdfiFEWQ6KuC2wkrMXVHON53vvSHgXaDOIIk9o8xq3D9Ld' +
    'rCphQk5VIlGAZ-IRzmPzWB1Kb8hhI9VmPtCDBrT83DeLNvdkboNEMLfEJXyaw-6lgAVqMFyNgeqhb4wv7XrQ5B2HSi' +
    '9fqyP9BNWMFvIse_jduqB_4uDahgxaL5W3kAvBhFpWKzILrGEpyqova2QbQq5hCcENu4AetTL-ATInOhLtFz2sztYa' +
    'm0nNooZf3fO-ZY0Cgqy98QrAShhAg9Od6AldluJg80j1uf52cj1hTv4gRhdCHrj2YtEzWlRQ',
  e: 'AQAB',
  d:
    'EKBER4IU-fCT_uyNUSzPVJ8YO52GaWrUDmGhhequSKtT9j4KA9nDQktI0XURc7nDiA7HufSQlL1kBGTYJ79RYkTJYX' +
    'BkQbOhcJHq5V_swK5M1C_0rJzXBtik83o3z-_cUQHJMs3EAlbheQop_Jp77A3Gu_FjAZrBJj5uZwpYg5-YvOu0JXYp' +
    'Z_aKG5I_kPesTJo_m6r8Gz4VYi_6UA1NXeq9NhzdR4yoVNYq9p2S35VNWz91YNcBkSoKHXdC7bYyi4BpD7I4blj6ac' +
    'OwEPYZ7p_-yeu9z0r2kSstoY0jvM5QorFD5nW_STVPm4oLJem3H2GGqXwEjSqrpCBPRCbLUQ',
  p:
    '_A66QbkoR8n_ed2i7RKPNsyig1KptA06P8dgpYSgJDMfXTLRhFxCIGfnTcpgVNeRdr7mnUQ5BGFdt1k13bhPFZn-1K' +
    '8wnQ7_K03Xl3FOjW0wB_nNgwVnevVnFx5y02dFe4bYHKZkrEjHuSpD9Pj2xUoznsTHDBRp7XxMk9ai1C0',
  q:
    '0UIwOXn5RaYdV_zkiowVjN2oh2MT9aE0Dy2ZcT0DDe2m0UOEsmeaObnkG3juZokkYr-vAJu_nISZN8tTZDxJNvVNJo' +
    'e_O4DfzSBtBjfO8c2OVcxF6j4FQxXSSaGSnTMlfEJc1zSfV-2QPxx_u8d0KuQ9Yn3mRZvH7Xsayi2KTHk',
  dp:
    'SjOXt1NnvUKE9_48QWhOSsaRLPG_zaZ7OF1cYT2a2y1FlW0parqyKNINsMPb-f3_76IhR7jWxChZq2kSx3PDrEtKTp' +
    'hISmQo0Dm5Nvb_Nfknw6FRU7najcMClza6fOuQ891tb3m4d1NxoFwF528HTmsaqSmqoy67RFNsQ7VS9_0',
  dq:
    'km4imNXFnPtU5VFOC7VjDyO83qByQxv-9fAOw7LSBFkctqrsnHrq7SIrgR3qlU26bG994osaVkhjfyuEu0uEYDTfO-' +
    'sZ4mWYNk5OfF9pLMOOqnM7KWMlA4CtmmC5288CmCVIGj_0kO7oVYF30MsNe0YjvlwjWupbyM6wPHIJqOE',
  qi:
    'K8_rEb4q6N08_cDW6sNOQFGSmWd6nTQqu1SqyLijbUjZLbzsZ654L1PoZPxeGA_14DERAGXqANkUgzksZQzh2BbEbC' +
    '8vDbcObcv5KIoaomImN7_41NkYW7dBMlYb465o5n_taR_cJsJEC5oCLYPinpT6oEixJTmK0FcvAMvR_g4',
};
