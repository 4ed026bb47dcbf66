/** How often a parent is looked for [ms]. */
const everyMs = 250;

// At once, for a parent that ends before it is watched would not be missed.
const parent = process.ppid;

/**
 * Calls `act` once when npx, under which this process runs, has ended: a signal to npx (`npx … & kill $!`) reaches its
 * shell, and no further. Does nothing where another program started this process, which may mean to leave it behind.
 */
export function whenNpxEnds(act: () => void): void {
  if (process.env["npm_command"] !== "exec") return;
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(parent)) return;
    clearInterval(timer);
    act();
  }, everyMs);
  timer.unref();
}

// On Windows, the id of a parent that has ended stays.
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
