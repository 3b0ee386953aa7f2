using System.Text;
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

    /// <summary>Writes what the operation adds, even where it happens to be what is inherited; all else is inherited is taken from whoever starts the run, so that no secret of this session is kept.</summary>
    public static void Write(
        RunDirectory directory,
        IReadOnlyDictionary<string, string> environment,
        IReadOnlyDictionary<string, string> inherited,
        IEnumerable<string> own,
        IReadOnlyCollection<string> secrets)
    {
        var text = new StringBuilder();
        var ownNames = own.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in SecretNames.WithoutSecrets(environment, secrets).OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            var isOwn = ownNames.Contains(name) || !inherited.TryGetValue(name, out var outside) || outside != value;
            if (isOwn && !Left.Contains(name, StringComparer.Ordinal))
            {
                text.Append(Export).Append(name).Append('=').Append(ShellWords.Quote(value)).Append('\n');
            }
        }

        File.WriteAllText(PathOf(directory), text.ToString());
    }

    /// <summary>The environment of a staged run: what is inherited now, and over it what the file says.</summary>
    public static Dictionary<string, string> Read(RunDirectory directory, IReadOnlyDictionary<string, string> inherited)
    {
        var result = new Dictionary<string, string>(inherited, StringComparer.Ordinal);
        if (!File.Exists(PathOf(directory)))
        {
            return result;
        }

        var words = ShellWords.Split(File.ReadAllText(PathOf(directory)));
        foreach (var word in words.Where(w => w.Contains('=', StringComparison.Ordinal)))
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            result[word[..at]] = word[(at + 1)..];
        }

        return result;
    }

    private static string PathOf(RunDirectory directory) => Path.Combine(directory.GuildPath, FileName);
}
