/** The feed behind `activities.follow`, for programs that schedule and store by themselves. */
export { createActivityFeed, listWindows } from './feed/create-activity-feed.js';
export type { ActivityFeed, ActivityWindow, SavedRecord } from './feed/create-activity-feed.js';
