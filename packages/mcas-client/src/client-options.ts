import { clientOptionTable, isBoolean, isCloud, isText } from '@repo/client-core';
import type { ClientOptions, Cloud, CloudName, OptionTable } from '@repo/client-core';

export interface McasClientOptions extends ClientOptions {
  /** The Microsoft cloud of the tenant. Default: the one that the host belongs to. */
  cloud?: CloudName | Cloud | undefined;
  /**
   * Scope of tokens from Entra ID. Default `05a65629-4c1b-48c1-a78b-804c4abdd4af/.default`, the application Microsoft
   * Cloud App Security. No other is documented for government clouds; should there be one, put it here.
   */
  scope?: string | undefined;
  /** Accept any host, for example of a proxy or an emulator. The token is sent there. Default false. */
  allowCustomHost?: boolean | undefined;
}

export const mcasClientTable: OptionTable<McasClientOptions> = {
  ...clientOptionTable,
  cloud: isCloud,
  scope: isText,
  allowCustomHost: isBoolean,
};
