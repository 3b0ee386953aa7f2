namespace Guild.PowerShell.Classic;

/// <summary>What was typed after <c>guild</c> cannot be understood. The message is complete, with the line that says where help is.</summary>
internal sealed class ClassicUsageException : Exception
{
    /// <summary>The exit code of a usage error.</summary>
    public const int ExitCode = 2;

    /// <summary>Says what is wrong and where help is.</summary>
    /// <param name="problem">What is wrong, in lower case and without a full stop.</param>
    /// <param name="commandPath">The command as typed, such as <c>guild runs list</c>.</param>
    public ClassicUsageException(string problem, string commandPath)
        : base($"{problem}\nTry '{commandPath} --help' for more information.")
    {
        Problem = problem;
    }

    /// <summary>The first line of the message.</summary>
    public string Problem { get; }
}
