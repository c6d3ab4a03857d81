import type { Service } from '../http/service.js';
import type { Content } from '../resources/content.js';
import type { BlobPage, FollowRecordsOptions } from './follow-types.js';
import { Follower } from './follower.js';

/** Drives a feed in memory; asking for the next page acknowledges the last. */
export async function* follow(
  service: Service,
  content: Content,
  options: FollowRecordsOptions,
): AsyncGenerator<BlobPage, void, void> {
  yield* new Follower(service, content, options).pages();
}
