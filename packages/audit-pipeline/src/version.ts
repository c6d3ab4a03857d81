/** Kept in step with package.json by a test of the changesets. */
export const version = '0.0.0';
