using System.Text.RegularExpressions;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>
/// Chooses the Python of an operation. Versions are told by names of files and by the notes of virtual environments; only the Python of the environment is
/// asked itself, where these do not tell.
/// </summary>
internal static partial class PythonChoice
{
    /// <summary>
    /// The Python of the environment, if the operation asks for no version or for that one; else the newest that fits in its folder, and then of the PATH.
    /// </summary>
    /// <exception cref="ProgramException">There is none that fits.</exception>
    /// <exception cref="RequestException">What the operation asks for is no version.</exception>
    public static string For(OperationDefinition operation, EngineContext context)
    {
        if (operation.PythonRequires is not { Length: > 0 } text)
        {
            return Interpreters.FindPython(context);
        }

        var requirement = PythonRequirement.TryRead(text) ?? throw new RequestException(
            $"The python-requires of operation '{operation.FullName}' is no version: '{text}'.",
            text,
            "Write versions with comparisons, such as >=3.8 or >=3.8,<3.12, in quotes.");
        var own = Interpreters.FindPython(context);
        var ownVersion = VersionOf(own) ?? PythonRequirement.Numbers(PythonEnvironment.Version(own, context));

        // A Python that does not even say its version is reported when it is to run something.
        if (ownVersion is null || requirement.IsMetBy(ownVersion))
        {
            return own;
        }

        var others = Others(Path.GetDirectoryName(own)!, context);
        return others.Find(o => requirement.IsMetBy(o.Version)).Path ?? throw new ProgramException(
            "python",
            $"Operation '{operation.FullName}' requires Python {text}. Found: {string.Join(", ", others.Select(o => Text(o.Version)).Prepend(Text(ownVersion)).Distinct(StringComparer.Ordinal))}.",
            "Install one that fits, or activate the environment that has it.");
    }

    /// <summary>The version of an interpreter as far as files tell it, or null.</summary>
    internal static int[]? VersionOf(string python)
    {
        var notes = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(python)) ?? "", "pyvenv.cfg");
        try
        {
            if (File.Exists(notes)
                && VersionNote().Match(File.ReadAllText(notes)) is { Success: true } note
                && PythonRequirement.Numbers(note.Groups[1].Value) is { } noted)
            {
                return noted;
            }

            return OfName(python) ?? (File.ResolveLinkTarget(python, returnFinalTarget: true) is { } target ? OfName(target.FullName) : null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static List<(string Path, int[] Version)> Others(string first, EngineContext context)
    {
        var found = new List<(string Path, int[] Version)>();
        var folders = context.Environment.GetValueOrDefault("PATH", "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Prepend(first);
        foreach (var folder in folders.Select(f => Path.GetFullPath(f, context.WorkingDirectory)).Distinct(StringComparer.Ordinal).Where(Directory.Exists))
        {
            var own = new List<(string Path, int[] Version)>();
            foreach (var file in Directory.EnumerateFiles(folder, "python*"))
            {
                if (OfName(file) is { Length: > 1 } version)
                {
                    own.Add((file, version));
                }
            }

            own.Sort((x, y) => x.Version[0] != y.Version[0] ? y.Version[0].CompareTo(x.Version[0]) : y.Version[1].CompareTo(x.Version[1]));
            found.AddRange(own);
        }

        return found;
    }

    private static int[]? OfName(string path) =>
        PythonName().Match(Path.GetFileName(path)) is { Success: true } match ? PythonRequirement.Numbers(match.Groups[1].Value) : null;

    private static string Text(int[] version) => string.Join('.', version);

    [GeneratedRegex(@"^python([0-9]+\.[0-9]+(?:\.[0-9]+)?)(?:\.exe)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex PythonName();

    [GeneratedRegex(@"^version(?:_info)?\s*=\s*([0-9]+\.[0-9]+(?:\.[0-9]+)?)", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex VersionNote();
}
