using Guild.Engine.GuildFiles;

namespace Guild.Engine.Operations;

/// <summary>A folder with a Guild file, read: the models that it declares and how their names resolve.</summary>
public sealed class Project
{
    private Project(GuildFile file, bool isScript = false)
    {
        File = file;
        IsScript = isScript;
    }

    /// <summary>The Guild file.</summary>
    public GuildFile File { get; }

    /// <summary>True if the project is a script that is run without a Guild file: it has the one operation that runs the script.</summary>
    public bool IsScript { get; }

    /// <summary>The absolute path of the project's folder.</summary>
    public string Directory => File.Directory;

    /// <summary>The models, in file order.</summary>
    public IReadOnlyList<ModelDefinition> Models => File.Models;

    /// <summary>Every operation of every model, ordered by model and then by name.</summary>
    public IEnumerable<OperationDefinition> Operations => Models.SelectMany(m => m.Operations);

    /// <summary>The model that is meant when none is named, or null if there is no such model.</summary>
    public ModelDefinition? DefaultModel => Models.FirstOrDefault(m => m.IsDefault);

    /// <summary>Reads the Guild file of a folder, or the Guild file itself.</summary>
    /// <param name="directoryOrFile">An absolute path.</param>
    /// <param name="packages">Where packages are looked for that the file includes or inherits from; null for nowhere.</param>
    /// <exception cref="GuildFileNotFoundException">There is no Guild file.</exception>
    /// <exception cref="GuildFileException">The Guild file has errors.</exception>
    public static Project Open(string directoryOrFile, PackageSearch? packages = null) => ProjectCache.Open(directoryOrFile, packages ?? PackageSearch.None);

    /// <summary>
    /// Opens the project that has an operation. A name such as <c>train.py</c> or <c>./train.ps1</c>, which is no operation of the folder's Guild file but a
    /// script, means the script itself: then no Guild file is needed.
    /// </summary>
    /// <param name="directoryOrFile">An absolute path of a folder or of a Guild file.</param>
    /// <param name="operation">What the user named; empty for the default operation.</param>
    /// <param name="packages">Where packages are looked for that the file includes or inherits from; null for nowhere.</param>
    /// <exception cref="GuildFileNotFoundException">There is no Guild file, and the name is no script's.</exception>
    /// <exception cref="GuildFileException">The Guild file has errors.</exception>
    public static Project OpenFor(string directoryOrFile, string operation, PackageSearch? packages = null) =>
        ScriptProject.Find(directoryOrFile, operation, packages) ?? Open(directoryOrFile, packages);

    /// <summary>Makes a project of a Guild file that has been read already.</summary>
    public static Project FromFile(GuildFile file) => new(file);

    /// <summary>Makes a project of a script.</summary>
    internal static Project FromScript(GuildFile file) => new(file, isScript: true);

    /// <summary>The same project with other models.</summary>
    internal Project With(IReadOnlyList<ModelDefinition> models) => new(File with { Models = models }, IsScript);

    /// <summary>The model of that name, or null.</summary>
    public ModelDefinition? FindModel(string name) => Models.FirstOrDefault(m => m.Name == name);

    /// <summary>The model that an operation belongs to.</summary>
    public ModelDefinition ModelOf(OperationDefinition operation) => FindModel(operation.ModelName)
        ?? throw new InvalidOperationException($"Operation '{operation.FullName}' is not of this project.");
}
