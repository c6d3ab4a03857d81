import {
  ArgumentError,
  checkOptions,
  isListOf,
  isNumber,
  isOptions,
  isStart,
  isText,
} from '@repo/client-core';
import type { OptionRule, OptionTable } from '@repo/client-core';
import { maxOverlapInMs } from './content-lane.js';
import type { FeedPace } from './content-lane.js';
import type { ContentFeedOptions, ContentFeedStart, LateContentOptions } from './feed-types.js';

const hour = 3_600_000;

const positive = isNumber({ exclusive: true });
const checkLateContent = isOptions<LateContentOptions>({
  lastDayIntervalInMs: positive,
  retentionIntervalInMs: positive,
  maxRequestsPerMinute: positive,
});
const isLateContent: OptionRule = (value, path) => {
  if (value === true) throw new ArgumentError(path, 'is true', 'Leave it out, or give false or an object.');
  if (value !== false) checkLateContent(value, path);
};

const feedOptionTable: OptionTable<ContentFeedOptions> = {
  contentTypes: isListOf(isText),
  startFrom: isStart,
  overlapInMs: isNumber({ max: maxOverlapInMs }),
  pollIntervalInMs: positive,
  lateContent: isLateContent,
};

export interface FeedSettings {
  startFrom: ContentFeedStart | undefined;
  pace: FeedPace;
  maxRequestsPerMinute: number;
}

/** The options with their defaults. @throws ArgumentError for what cannot be right. */
export function readFeedOptions(options: ContentFeedOptions): FeedSettings {
  const {
    startFrom,
    overlapInMs = 2 * hour,
    pollIntervalInMs = 60_000,
    lateContent = {},
  } = checkOptions(options, feedOptionTable);
  const late = lateContent === false ? undefined : lateContent;
  return {
    startFrom,
    pace: {
      overlapInMs,
      pollIntervalInMs,
      lastDayIntervalInMs: late && (late.lastDayIntervalInMs ?? hour),
      retentionIntervalInMs: late && (late.retentionIntervalInMs ?? 24 * hour),
    },
    maxRequestsPerMinute: late?.maxRequestsPerMinute ?? 200,
  };
}
