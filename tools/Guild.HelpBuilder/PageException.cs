namespace Guild.HelpBuilder;

/// <summary>A page of the documentation does not say what help needs.</summary>
internal sealed class PageException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The page.</param>
    /// <param name="message">What is wrong with it.</param>
    internal PageException(string path, string message)
        : base(message)
    {
        Path = path;
    }

    /// <summary>The page.</summary>
    internal string Path { get; }
}
