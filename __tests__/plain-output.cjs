// Texts are compared without colour, and picocolors colours where CI or FORCE_COLOR is set: here and in every command a test runs.
process.env.NO_COLOR = "1";
delete process.env.FORCE_COLOR;
