using System.Globalization;
using System.Text.RegularExpressions;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Operations;
using Guild.Engine.Text;

namespace Guild.Engine.Drafts;

/// <summary>Drafts Guild files from the scripts of folders.</summary>
public static partial class GuildFileDrafting
{
    private const string Activity = "Reading scripts";

    // Python has these built in, so a module of the same name beside them is not found by its name.
    private static readonly string[] BuiltIn =
    [
        "abc", "array", "atexit", "binascii", "builtins", "cmath", "codecs", "errno", "faulthandler", "fcntl", "gc", "genericpath", "grp", "io", "itertools", "marshal", "math", "nt",
        "ntpath", "os", "posix", "posixpath", "pwd", "runpy", "select", "signal", "site", "stat", "sys", "syslog", "this", "time", "unicodedata", "zipimport", "zlib",
    ];

    /// <summary>Drafts the Guild file of a folder. Flags are read as they are when a script is run without a Guild file; nothing is written.</summary>
    /// <param name="directory">The absolute path of the folder.</param>
    /// <param name="modelName">The name of the model; null for the folder's name.</param>
    /// <param name="existing">What becomes of a Guild file that is there already.</param>
    /// <param name="context">What the engine works with.</param>
    /// <param name="events">Where it is told what is being done; null for nowhere.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="GuildFileExistsException">There is a Guild file, and it is to be kept.</exception>
    /// <exception cref="RequestException">There is no such folder, or the name can be none of a model.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static GuildFileDraft Of(
        string directory,
        string? modelName,
        ExistingGuildFile existing,
        EngineContext context,
        IEventSink? events = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var path = PathFor(directory, existing);
        var name = modelName is null ? DraftNames.OfFolder(directory) : DraftNames.Checked(modelName);
        WarnOfOtherNames(directory, events);
        var files = ScriptSearch.In(directory);
        var definitions = files.Select(f => new OperationDefinition { Name = f, ModelName = name, Main = MainOf(f), FlagsImport = true }).ToList();
        var readings = Read(path, name, definitions, context, events, cancellation);
        var imported = readings.SelectMany(r => r.Imports).ToHashSet(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var operations = new List<DraftOperation>();
        for (var i = 0; i < files.Count; i++)
        {
            if (IsRunnable(files[i], readings[i], imported))
            {
                operations.Add(new DraftOperation(DraftNames.OfOperation(files[i], taken), files[i], definitions[i].Main!, readings[i]));
            }
        }

        return new GuildFileDraft { Path = path, ModelName = name, Operations = operations };
    }

    /// <summary>Where the Guild file of a folder is to be written.</summary>
    /// <param name="directory">The absolute path of the folder.</param>
    /// <param name="existing">What becomes of a Guild file that is there already.</param>
    /// <exception cref="GuildFileExistsException">There is a Guild file, and it is to be kept.</exception>
    /// <exception cref="RequestException">There is no such folder.</exception>
    public static string PathFor(string directory, ExistingGuildFile existing)
    {
        if (!Directory.Exists(directory))
        {
            throw File.Exists(directory)
                ? new RequestException($"'{directory}' is a file. A Guild file is made for a folder.", directory, "Name the folder.")
                : new RequestException($"There is no folder '{directory}'.", directory, "Make the folder first, or name one that is there.");
        }

        var path = DraftFile.PathIn(directory);
        DraftFile.Check(path, existing);
        return path;
    }

    // Names that people take for that of a Guild file.
    private static void WarnOfOtherNames(string directory, IEventSink? events)
    {
        foreach (var other in new[] { "guild.yaml", "Guildfile" })
        {
            var path = Path.Combine(directory, other);
            if (File.Exists(path))
            {
                events?.Report(new WarningEvent($"'{path}' is not read: the name of a Guild file is {GuildFileReader.FileName}."));
            }
        }
    }

    private static ScriptReading[] Read(
        string path, string modelName, List<OperationDefinition> definitions, EngineContext context, IEventSink? events, CancellationToken cancellation)
    {
        var project = Project.FromFile(new GuildFile
        {
            Path = path,
            Digest = "",
            Models = [new ModelDefinition { Name = modelName, IsDefault = true, Operations = definitions }],
            Warnings = [],
        });
        var targets = definitions.Select(d => ScriptTarget.Of(project, d)).ToList();
        var count = definitions.Count;
        if (count == 0)
        {
            return [];
        }

        events?.Report(new ProgressEvent(Activity, string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "script" : "scripts")}")));
        try
        {
            var requests = targets.Where(t => t is { IsPowerShell: false }).Select(t => new ReadingRequest(t!, null)).ToList();
            var answers = new Queue<ScriptReading>(requests.Count == 0 ? [] : new PythonScripts(context, cancellation).Read(requests));
            return [.. targets.Select(t => t switch
            {
                null => new ScriptReading { Problem = "it cannot be read" },
                { IsPowerShell: true } => context.PowerShellScripts?.Read(t.Path) ?? new ScriptReading { Problem = "there is nothing here that reads PowerShell scripts" },
                _ => answers.Dequeue(),
            })];
        }
        finally
        {
            events?.Report(new ProgressEvent(Activity, "", IsCompleted: true));
        }
    }

    private static bool IsRunnable(string fileName, ScriptReading reading, HashSet<string> imported) => reading.Kind switch
    {
        ScriptKind.Module => false,
        ScriptKind.Script => !imported.Contains(Path.GetFileNameWithoutExtension(fileName)),
        _ => true,
    };

    // A module's name is what Guild AI reads too. Other names are those of files.
    private static string MainOf(string fileName)
    {
        var stem = Path.GetFileNameWithoutExtension(fileName);
        return fileName.EndsWith(".py", StringComparison.Ordinal) && ModuleName().IsMatch(stem) && !BuiltIn.Contains(stem, StringComparer.Ordinal)
            ? stem
            : ShellWords.Quote(fileName);
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ModuleName();
}
