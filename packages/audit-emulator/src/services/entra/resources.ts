import type { Resource } from '../../server/resource.js';

/** An API of nobody here, for tokens that every service must refuse. */
export const storageResource: Resource = {
  name: 'Azure Storage',
  appId: 'e406a681-f3d4-42a8-90b6-c2b029497af1',
  audiences: ['https://storage.azure.com'],
};

/** Audiences are compared without trailing slashes and without regard to case. */
export function sameAudience(a: string, b: string): boolean {
  return canonical(a) === canonical(b);
}

export function findResource(resources: readonly Resource[], audience: string): Resource | undefined {
  return resources.find((one) =>
    [one.appId, ...one.audiences].some((known) => sameAudience(known, audience)),
  );
}

function canonical(audience: string): string {
  let end = audience.length;
  while (audience[end - 1] === '/') end -= 1;
  return audience.slice(0, end).toLowerCase();
}
