using System.Management.Automation;
using Guild.Engine;
using Guild.Engine.GuildFiles;
using Guild.Engine.Imports;
using Guild.Engine.Operations;
using Guild.Engine.Packages;
using Guild.Engine.Runs;
using Guild.PowerShell.Classic;
using Guild.PowerShell.Commands;

namespace Guild.PowerShell.ClassicActions;

/// <summary>What all classic commands share: where they are given, what <c>-C</c> and <c>-H</c> say, and where text goes.</summary>
internal sealed class ClassicSession
{
    /// <summary>The tag of what is said beside the results. The host writes it to standard error.</summary>
    public const string NoteTag = "GuildNote";

    private readonly PSCmdlet _cmdlet;

    public ClassicSession(PSCmdlet cmdlet, GlobalOptions globals, CancellationToken stop)
    {
        _cmdlet = cmdlet;
        Stop = stop;
        Location = globals.ProjectPath is { } path ? ExistingDirectory(path) : new SessionContext(cmdlet).Location;
        Engine = new SessionContext(Location).EngineContext(globals.HomePath is { } home ? Resolve(home) : null);
    }

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    public CancellationToken Stop { get; }

    /// <summary>The absolute path of the folder that the command is given in: that of <c>-C</c>, else the session's.</summary>
    public string Location { get; }

    /// <summary>What the engine works with.</summary>
    public EngineContext Engine { get; }

    /// <summary>The runs of the home.</summary>
    public RunStore Runs => Engine.Runs;

    /// <summary>The cmdlet whose streams are written to.</summary>
    public PSCmdlet Cmdlet => _cmdlet;

    /// <summary>Opens the project of the folder and tells the warnings of its Guild file.</summary>
    public Project OpenProject() => OpenProject(Location);

    /// <summary>Opens the project of another folder and tells the warnings of its Guild file.</summary>
    public Project OpenProject(string directory) => Warned(Project.Open(directory, PythonFolders.Search(Engine)));

    /// <summary>Opens the project that has an operation, which can be a script, and tells the warnings of its Guild file.</summary>
    public Project OpenProjectFor(string operation) => OpenProjectFor(operation, Location);

    /// <summary>Opens the project of a folder that has an operation, which can be a script, and tells the warnings of its Guild file.</summary>
    public Project OpenProjectFor(string operation, string directory) => Warned(Project.OpenFor(directory, operation, PythonFolders.Search(Engine)));

    /// <summary>The project of an installed package, or null if there is no package of the name.</summary>
    public Project? OpenPackage(string name)
    {
        var packages = PythonFolders.Search(Engine);
        return packages.Installed.Named(name) is { } package && PackageProjects.Of(packages, n => n == package.Name).Projects is [var project, ..] ? Warned(project) : null;
    }

    /// <summary>The projects of all installed packages; what is wrong with packages is told.</summary>
    public IReadOnlyList<Project> OpenPackages()
    {
        var found = PackageProjects.Of(PythonFolders.Search(Engine));
        foreach (var warning in found.Warnings)
        {
            _cmdlet.WriteWarning(warning);
        }

        return found.Projects;
    }

    /// <summary>The project with the flags that operations have from the code that they run; what could not be read is told.</summary>
    public Project Imported(Project project, Func<OperationDefinition, bool> isWanted)
    {
        var imported = FlagImport.In(project, isWanted, Engine, Stop);
        foreach (var warning in imported.Warnings)
        {
            _cmdlet.WriteWarning(warning);
        }

        return imported.Project;
    }

    private Project Warned(Project project)
    {
        foreach (var warning in project.File.Warnings)
        {
            _cmdlet.WriteWarning(warning.ToString());
        }

        return project;
    }

    /// <summary>Writes a text that was asked for, one string a line.</summary>
    public void Print(string text)
    {
        Stop.ThrowIfCancellationRequested();
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            _cmdlet.WriteObject(line);
        }
    }

    /// <summary>Writes lines that were asked for.</summary>
    public void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Stop.ThrowIfCancellationRequested();
            _cmdlet.WriteObject(line);
        }
    }

    /// <summary>Says something beside the results, such as how many runs were deleted.</summary>
    public void Note(string text) => Say(new HostInformationMessage { Message = text });

    /// <summary>Writes a question, so that the answer is typed behind it.</summary>
    public void Ask(string question) => Say(new HostInformationMessage { Message = question, NoNewLine = true });

    /// <summary>The absolute path of what the user typed, from the folder that the command is given in.</summary>
    public string ResolveInProject(string path) => Path.IsPathRooted(path) || path.StartsWith('~') ? Resolve(path) : Path.GetFullPath(path, Location);

    private void Say(HostInformationMessage message) => _cmdlet.WriteInformation(message, ["PSHOST", NoteTag]);

    private string ExistingDirectory(string path)
    {
        var directory = Resolve(path);
        if (Directory.Exists(directory))
        {
            return directory;
        }

        throw new RequestException(File.Exists(directory) ? $"'{path}' is not a directory" : $"directory '{path}' does not exist", path);
    }

    private string Resolve(string path)
    {
        try
        {
            return _cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
        }
        catch (RuntimeException error)
        {
            throw new RequestException($"'{path}' is not the path of a folder: {error.Message}", path);
        }
    }
}
