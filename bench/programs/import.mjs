// Prints how long importing the modules named on the command line takes.
const started = performance.now();
for (const name of process.argv.slice(2)) await import(name);
console.log(JSON.stringify({ ms: performance.now() - started }));
