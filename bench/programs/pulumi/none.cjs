exports.answer = require("@pulumi/pulumi").output(42);
