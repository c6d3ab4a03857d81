import { ArgumentError } from '@repo/client-core';
import type { Cloud } from '@repo/client-core';

/**
 * Data stays in its cloud. Clouds are told apart by who signs in where: GCC shares the public authority and its
 * workspaces, GCC High and DoD share theirs.
 */
export function checkClouds(
  source: { readonly cloud?: Cloud | undefined },
  sink: { readonly cloud?: Cloud | undefined },
  allowCrossCloud = false,
): void {
  if (allowCrossCloud || !source.cloud || !sink.cloud) return;
  if (source.cloud.authority === sink.cloud.authority) return;
  throw new ArgumentError(
    'sink',
    `is in the cloud ${sink.cloud.name}, the source in ${source.cloud.name}`,
    'Use a workspace of the same cloud, or pass allowCrossCloud: true if the data may leave it.',
  );
}
