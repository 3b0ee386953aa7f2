namespace Guild.PowerShell.Classic;

/// <summary>Finds the name that was probably meant; the engine has one, and the command line is free of the engine.</summary>
/// <param name="name">What was typed.</param>
/// <param name="candidates">The names that exist.</param>
/// <returns>The most likely candidate, or null if none resembles the name.</returns>
internal delegate string? NearestName(string name, IEnumerable<string> candidates);
