import { setFlagsFromString } from "node:v8";

/**
 * Has the heap grow to half as much again as is alive before garbage is looked for, and not to four times as much, as
 * V8 would have it: thousands of subjects then take hardly more memory than a few, for a seventh more of the processor's
 * time.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--heap-growing-percent=50");
}
