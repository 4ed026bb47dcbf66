/** Reporter for jest: says at the very end how many tests passed and failed, to the process above if there is one. */
class ClosingLine {
  onRunComplete(_contexts, results) {
    const suites = results.testResults.map((suite) => ({
      path: suite.testFilePath,
      project: suite.displayName?.name,
      passed: suite.numPassingTests,
      failed: suite.numFailingTests + (suite.testExecError ? 1 : 0),
      counterexample: suite.failureMessage?.includes("Property failed") ?? false,
    }));
    if (process.send) process.send(suites);
    else process.once("exit", () => process.stdout.write(closingLine(suites)));
  }
}

function closingLine(suites) {
  const sum = (count) => suites.reduce((total, suite) => total + suite[count], 0);
  return `${sum("passed")} passed, ${sum("failed")} failed\n`;
}

module.exports = ClosingLine;
