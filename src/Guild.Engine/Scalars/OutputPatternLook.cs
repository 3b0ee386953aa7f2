namespace Guild.Engine.Scalars;

/// <summary>What a pattern of output scalars finds in a line.</summary>
/// <param name="Pattern">The regular expression of Python, with <c>\key</c>, <c>\value</c> and <c>\step</c> written out.</param>
/// <param name="Matches">The groups of each match; null for a group that took no part in it.</param>
/// <param name="Values">The scalars of the matches, by name.</param>
public sealed record OutputPatternLook(string Pattern, IReadOnlyList<IReadOnlyList<string?>> Matches, IReadOnlyDictionary<string, double> Values);
