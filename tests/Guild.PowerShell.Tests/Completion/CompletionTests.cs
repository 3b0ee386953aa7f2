using System.Collections.ObjectModel;
using System.Management.Automation;
using Guild.PowerShell.Tests.Commands;

namespace Guild.PowerShell.Tests.Completion;

/// <summary>The base of tests that press Tab at the end of a line.</summary>
public abstract class CompletionTests(SharedSession shared) : CommandTests(shared)
{
    /// <summary>What the Tab key puts in place of the word.</summary>
    internal string[] Complete(string typed) => [.. Results(typed).Select(r => r.CompletionText)];

    /// <summary>What the Tab key offers.</summary>
    internal Collection<CompletionResult> Results(string typed)
    {
        var output = Assert.Single(Run("[System.Management.Automation.CommandCompletion]::CompleteInput($args[0], $args[0].Length, $null)", typed).Output)!;
        return ((CommandCompletion)output.BaseObject).CompletionMatches;
    }

    /// <summary>Words as tests write them: apart by spaces, and in quotes where a space is part of them.</summary>
    internal static IEnumerable<string> Split(string expected)
    {
        for (var rest = expected; rest.Length > 0;)
        {
            var end = rest[0] is '\'' or '"' ? rest.IndexOf(rest[0], 1) + 1 : rest.IndexOf(' ', StringComparison.Ordinal);
            end = end < 0 ? rest.Length : end;
            yield return rest[..end];
            rest = rest[end..].TrimStart();
        }
    }
}
