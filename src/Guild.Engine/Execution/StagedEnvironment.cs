using System.Text;
using Guild.Engine.Operations;
using Guild.Engine.Runs;
using Guild.Engine.Text;

namespace Guild.Engine.Execution;

/// <summary>The file <c>.guild/ENV</c> of a staged run: lines of a POSIX shell, <c>export NAME=VALUE</c>, as Guild AI writes them.</summary>
internal static class StagedEnvironment
{
    private const string FileName = "ENV";
    private const string Export = "export ";

    // Names that belong to the shell that reads the file, not to the run.
    private static readonly string[] Left = ["PWD", "_"];

    /// <summary>
    /// Writes what the operation adds, even where it happens to be what is inherited; all else that is inherited is taken from whoever starts the run, so
    /// that no secret of this session is kept. What the operation adds and is not written, because it looks like a secret, is recorded by its name.
    /// </summary>
    public static void Write(
        RunDirectory directory,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyDictionary<string, string> inherited,
        IReadOnlySet<string> own,
        EnvironmentRecord record)
    {
        var text = new StringBuilder();
        var recorded = record.Recorded(environment, own);
        foreach (var name in recorded.Keys.Order(StringComparer.Ordinal))
        {
            var value = recorded[name];
            var isOwn = own.Contains(name) || !inherited.TryGetValue(name, out var outside) || outside != value;
            if (isOwn && !Left.Contains(name, StringComparer.Ordinal))
            {
                text.Append(Export).Append(name).Append('=').Append(ShellWords.Quote(value)).Append('\n');
            }
        }

        File.WriteAllText(PathOf(directory), text.ToString());
        var withheld = own.Where(name => !recorded.ContainsKey(name) && !record.Secrets.ContainsKey(name) && environment[name].Length > 0).Order(StringComparer.Ordinal).ToList<object?>();
        if (withheld.Count > 0)
        {
            directory.WriteAttribute(RecordedSecrets.EnvironmentAttribute, withheld);
        }
    }

    /// <summary>Writes one more variable, which comes before what the file says of it so far.</summary>
    public static void Add(RunDirectory directory, string name, string value) => File.AppendAllText(PathOf(directory), $"{Export}{name}={ShellWords.Quote(value)}\n");

    /// <summary>True if the run has the file.</summary>
    public static bool IsThere(RunDirectory directory) => File.Exists(PathOf(directory));

    /// <summary>The environment of a staged run: what is inherited now, and over it what the file says.</summary>
    public static Dictionary<string, string> Read(RunDirectory directory, IReadOnlyDictionary<string, string> inherited)
    {
        var result = new Dictionary<string, string>(inherited, StringComparer.Ordinal);
        if (!File.Exists(PathOf(directory)))
        {
            return result;
        }

        foreach (var word in Words(directory).Where(w => w.Contains('=', StringComparison.Ordinal)))
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            result[word[..at]] = word[(at + 1)..];
        }

        return result;
    }

    private static IReadOnlyList<string> Words(RunDirectory directory)
    {
        try
        {
            return ShellWords.Split(File.ReadAllText(PathOf(directory)));
        }
        catch (FormatException error)
        {
            throw new RunStateException(
                directory.Id,
                $"The environment of run {RunId.Short(directory.Id)} cannot be read from '{PathOf(directory)}': {error.Message}",
                "Stage the operation again.");
        }
    }

    private static string PathOf(RunDirectory directory) => Path.Combine(directory.GuildPath, FileName);
}
