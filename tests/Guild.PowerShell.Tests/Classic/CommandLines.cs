using Guild.PowerShell.Classic;

namespace Guild.PowerShell.Tests.Classic;

/// <summary>Reads command lines as tests write them: words between spaces.</summary>
internal static class CommandLines
{
    public static ClassicRequest Request(string line) =>
        ClassicCommandLine.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), ByCommonStart);

    public static T Read<T>(string line)
        where T : ClassicCommand => Assert.IsType<T>(Request(line).Command);

    public static string Problem(string line)
    {
        ClassicUsageException error = Assert.Throws<ClassicUsageException>(() => Request(line));
        Assert.StartsWith(error.Problem, error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    // Enough to see that a hint is asked for and shown: the first candidate with the same four characters.
    private static string? ByCommonStart(string name, IEnumerable<string> candidates) =>
        candidates.FirstOrDefault(c => name.Length > 3 && c.StartsWith(name[..4], StringComparison.Ordinal));
}
