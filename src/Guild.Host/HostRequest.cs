using System.Management.Automation.Runspaces;

namespace Guild.Host;

/// <summary>What the words on the command line ask the host for.</summary>
internal abstract record HostRequest
{
    /// <summary>Tells the host's own verbs, <c>-Command</c> and <c>-File</c>, from the classic words of Guild.</summary>
    internal static HostRequest Parse(IReadOnlyList<string> words)
    {
        // Who calls the host in place of pwsh says these first; the host has no profile anyway.
        string[] own = [.. words.SkipWhile(word => word.ToUpperInvariant() is "-NOPROFILE" or "-NONINTERACTIVE")];
        if (own.Length < 2)
        {
            return new WordsRequest(words);
        }

        return own[0].ToUpperInvariant() switch
        {
            "-COMMAND" => new CommandRequest(string.Join(' ', own.Skip(1))),
            "-FILE" => new FileRequest(own[1], [.. ScriptArguments.Parse([.. own.Skip(2)])]),
            _ => new WordsRequest(words),
        };
    }
}

/// <summary>Run text as a script: <c>guild -Command TEXT</c>.</summary>
/// <param name="Text">The words after <c>-Command</c> with a space between them, as pwsh joins them.</param>
internal sealed record CommandRequest(string Text) : HostRequest;

/// <summary>Run a script file: <c>guild -File x.ps1 ARGUMENTS</c>.</summary>
/// <param name="Path">The file, as given.</param>
/// <param name="Arguments">What the words after it mean.</param>
internal sealed record FileRequest(string Path, IReadOnlyList<CommandParameter> Arguments) : HostRequest;

/// <summary>The classic words, such as <c>guild run train lr=0.1</c>.</summary>
/// <param name="Words">The words, exactly as the shell gave them.</param>
internal sealed record WordsRequest(IReadOnlyList<string> Words) : HostRequest;
