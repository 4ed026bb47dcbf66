/** A mistake of the caller, in words that say where and what would be right. Ends a command with 2. */
export class UsageError extends Error {}
