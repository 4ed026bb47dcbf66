require("@auditgate/pulumi-provider");

exports.answer = require("@pulumi/pulumi").output(42);
