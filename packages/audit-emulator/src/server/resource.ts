/** An API that tokens are issued for. `audiences` are its identifier URIs in all clouds, without trailing slash. */
export interface Resource {
  name: string;
  appId: string;
  audiences: string[];
}
