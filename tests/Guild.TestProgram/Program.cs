using Guild.TestProgram;

return args is [var verb, .. var rest] ? Verbs.Run(verb, rest) : 0;
