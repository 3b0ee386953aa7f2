using System.Collections;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Operations;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Operations;

/// <summary>A project and a Guild home in a temporary folder of their own, whose path has a space and a letter beyond ASCII, with the environment of this process.</summary>
internal sealed class TempProject : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("guild tëst-");

    public TempProject(string guildFile)
    {
        Directory.CreateDirectory(ProjectPath);
        Write("guild.yml", guildFile);
        Environment = System.Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Where(e => (string)e.Key is not ("GUILD_HOME" or "VIRTUAL_ENV" or "CONDA_PREFIX" or "PYTHONPATH" or "LOG_LEVEL"))
            .ToDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal);
    }

    public string ProjectPath => Path.Combine(_root.FullName, "project");

    public GuildHome Home => new(Path.Combine(_root.FullName, "home"));

    public RunStore Store => new(Home);

    public Dictionary<string, string> Environment { get; }

    public RecordedEvents Events { get; } = new();

    public Project Project => Project.Open(ProjectPath, PythonFolders.Search(Context));

    public EngineContext Context => new()
    {
        Home = Home,
        WorkingDirectory = ProjectPath,
        UserHome = _root.FullName,
        Environment = Environment,
        RunnersDirectory = Path.Combine(RepositoryRoot, "src", "Guild.Engine", "Execution", "Runners"),
        UserName = "ada",
        HostName = "testhost",
    };

    public static string RepositoryRoot { get; } = typeof(TempProject).Assembly
        .GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
        .Cast<System.Reflection.AssemblyMetadataAttribute>()
        .First(a => a.Key == "RepositoryRoot").Value!;

    public string PathOf(string relativePath) => Path.Combine(ProjectPath, relativePath);

    public void Write(string relativePath, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relativePath))!);
        File.WriteAllText(PathOf(relativePath), text);
    }

    /// <summary>A request with flags as they are typed, <c>NAME=VALUE</c>.</summary>
    public RunRequest Request(string operation, params string[] words) => new()
    {
        Project = Project,
        Operation = operation,
        Flags = [.. words.Select(w => KeyValuePair.Create(w[..w.IndexOf('=', StringComparison.Ordinal)], (FlagInput)new FlagText(w[(w.IndexOf('=', StringComparison.Ordinal) + 1)..])))],
    };

    public RunPlan Plan(string operation, params string[] words) => Planner.Plan(Request(operation, words), Context);

    public Run Run(string operation, params string[] words) => Run(Request(operation, words));

    public Run Run(RunRequest request, RunOptions? options = null, CancellationToken stop = default) =>
        Read(new OperationRunner(Context).Run(Planner.Plan(request, Context, CancellationToken.None), options ?? new RunOptions(), Events, stop));

    /// <summary>Starts a staged run.</summary>
    public Run Start(Run run, RunOptions? options = null) =>
        Read(new OperationRunner(Context).Start(run, options ?? new RunOptions(), Events, CancellationToken.None));

    private Run Read(RunResult result)
    {
        Fault = result.Fault;
        return Store.TryRead(result.Directory) ?? throw new InvalidOperationException("There is no record of the run.");
    }

    /// <summary>Every file and folder of the home with its content, to see whether anything of it changed.</summary>
    public IReadOnlyList<string> HomeContent() => !Directory.Exists(Home.Path)
        ? []
        : [.. Directory.EnumerateFileSystemEntries(Home.Path, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(p => Directory.Exists(p) ? p : p + ":" + Convert.ToHexString(File.ReadAllBytes(p)))];

    /// <summary>Why the last run could not start, or null.</summary>
    public GuildException? Fault { get; private set; }

    public static string Output(Run run) => string.Join('\n', OutputReader.Read(run.Directory).Select(l => l.Text));

    public void Dispose() => _root.Delete(recursive: true);
}

/// <summary>Keeps what the engine reports.</summary>
internal sealed class RecordedEvents : IEventSink
{
    private readonly List<EngineEvent> _events = [];

    /// <summary>Called with each event before it is kept.</summary>
    public Action<EngineEvent>? Hook { get; set; }

    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_events)
            {
                return [.. _events.OfType<WarningEvent>().Select(w => w.Text)];
            }
        }
    }

    public void Report(EngineEvent engineEvent)
    {
        Hook?.Invoke(engineEvent);
        lock (_events)
        {
            _events.Add(engineEvent);
        }
    }
}
