/** Reporter for jest: says at the very end how many tests passed and failed, to the process above if there is one. */
class ClosingLine {
  onRunComplete(_contexts, results) {
    const passed = results.numPassedTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    if (process.send) process.send({ passed, failed });
    else process.once("exit", () => process.stdout.write(`${passed} passed, ${failed} failed\n`));
  }
}

module.exports = ClosingLine;
