using System.Globalization;
using Guild.Engine.GuildFiles;
using Guild.Engine.Resources;
using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Resources;

/// <summary>A project, a home with runs, and a run that resources get into; deleted at the test's end.</summary>
internal sealed class ResourceFolder : IDisposable, IEventSink
{
    private int _runs;

    public ResourceFolder()
    {
        // Temporary folders are links on some systems; paths in messages are compared as they are.
        Base = Path.GetFullPath(Directory.CreateTempSubdirectory("guild-resource-").FullName);
        Project = Directory.CreateDirectory(Path.Join(Base, "project")).FullName;
        Home = new GuildHome(Path.Join(Base, "home"));
        Run = AddRun("guildfile", Project, "mlp", "this", status: "PENDING");
        Context = new ResourceContext
        {
            Runs = new RunStore(Home),
            ProjectDirectory = Project,
            WorkingDirectory = Project,
            ModelName = "mlp",
            Events = this,
        };
    }

    public string Base { get; }

    public string Project { get; }

    public GuildHome Home { get; }

    public RunDirectory Run { get; }

    public ResourceContext Context { get; set; }

    public List<EngineEvent> Events { get; } = [];

    public IEnumerable<string> Warnings => Events.OfType<WarningEvent>().Select(e => e.Text);

    public IEnumerable<string> Details => Events.OfType<DetailEvent>().Select(e => e.Text);

    public void Report(EngineEvent engineEvent) => Events.Add(engineEvent);

    public string At(string path) => Path.Join(Project, path);

    public string InRun(string path) => Path.Join(Run.Path, path);

    public ResourceFolder With(string path, string text = "text\n")
    {
        Write(At(path), text);
        return this;
    }

    /// <summary>A run that was completed; each later one started a second after the one before.</summary>
    public RunDirectory AddRun(string type, string package, string model, string operation, string status = "0", string? id = null)
    {
        _runs++;
        var run = new RunDirectory(Path.Join(Home.RunsDirectory, id ?? string.Create(CultureInfo.InvariantCulture, $"f{_runs:x31}")));
        Directory.CreateDirectory(run.AttributesPath);
        run.WriteOpRef(new OpRef(type, type == "guildfile" ? Path.Join(package, "guild.yml") : package, "v", model, operation));
        run.WriteAttribute("started", 1_700_000_000_000_000 + (_runs * 1_000_000L));
        if (status == "PENDING")
        {
            File.WriteAllText(run.PendingPath, "");
        }
        else
        {
            run.WriteAttribute("exit_status", long.Parse(status, CultureInfo.InvariantCulture));
            run.WriteAttribute("stopped", 1_700_000_000_500_000 + (_runs * 1_000_000L));
        }

        return run;
    }

    public RunDirectory AddRun(string model, string operation) => AddRun("guildfile", Project, model, operation);

    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public RequiredResource Require(params SourceDefinition[] sources) => new()
    {
        Name = "data",
        Spec = "data",
        Definition = new ResourceDefinition { Name = "data", Sources = sources },
        Location = Project,
    };

    public ResolvedResource Resolve(params SourceDefinition[] sources) => Resolve(Require(sources));

    public ResolvedResource Resolve(RequiredResource resource) => new ResourceResolver(Context).Resolve(resource, Run);

    public ResourceException Fail(params SourceDefinition[] sources) => Assert.Throws<ResourceException>(() => Resolve(sources));

    /// <summary>What is in the run beside its record, each path with what it links to.</summary>
    public string[] Placed() =>
    [
        .. Tree.Entries(Run.Path, TreeLinks.AreKept, CancellationToken.None)
            .Where(entry => !entry.Path.StartsWith(".guild", StringComparison.Ordinal) && (entry.IsLink || !entry.IsDirectory))
            .Select(entry => entry.LinkTarget is null ? entry.Path : $"{entry.Path} -> {entry.LinkTarget}")
            .Order(StringComparer.Ordinal),
    ];

    public static SourceDefinition FileSource(string path) => new() { Kind = SourceKind.File, Value = path };

    public static SourceDefinition Operation(string operations, params string[] select) => new()
    {
        Kind = SourceKind.Operation,
        Value = operations,
        Select = [.. select.Select(pattern => new SelectDefinition(pattern))],
    };

    public void Dispose() => Directory.Delete(Base, recursive: true);
}
