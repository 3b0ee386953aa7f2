using Guild.Engine.GuildFiles;
using Guild.Engine.Packages;

namespace Guild.Engine.Operations;

/// <summary>A folder with a Guild file, read: the models that it declares and how their names resolve.</summary>
public sealed class Project
{
    private Project(GuildFile file)
    {
        File = file;
    }

    /// <summary>The Guild file.</summary>
    public GuildFile File { get; }

    /// <summary>True if the project is a script that is run without a Guild file: it has the one operation that runs the script.</summary>
    public bool IsScript { get; private init; }

    /// <summary>The installed package that the Guild file is of, or null if it is a project's own.</summary>
    public InstalledPackage? Package { get; private init; }

    /// <summary>Where packages are looked for whose resources the operations require.</summary>
    public PackageSearch Packages { get; private init; } = PackageSearch.None;

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
        ScriptProject.Find(directoryOrFile, operation, packages) ?? PackageOperations.OpenFor(directoryOrFile, operation, packages ?? PackageSearch.None);

    /// <summary>
    /// Opens the project that something of a name is in: an operation or a model of the folder's project, else of an installed package, or the package itself.
    /// </summary>
    /// <param name="directoryOrFile">An absolute path of a folder or of a Guild file.</param>
    /// <param name="name">What the user named.</param>
    /// <param name="packages">Where packages are looked for; null for nowhere.</param>
    /// <exception cref="GuildFileNotFoundException">There is no Guild file, and no package has the name.</exception>
    /// <exception cref="GuildFileException">The Guild file has errors.</exception>
    public static Project OpenAbout(string directoryOrFile, string name, PackageSearch? packages = null) =>
        ScriptProject.Find(directoryOrFile, name, packages) ?? PackageOperations.OpenAbout(directoryOrFile, name, packages ?? PackageSearch.None);

    /// <summary>Makes a project of a Guild file that has been read already.</summary>
    /// <param name="file">The Guild file.</param>
    /// <param name="packages">Where packages are looked for whose resources the operations require; null for nowhere.</param>
    public static Project FromFile(GuildFile file, PackageSearch? packages = null) => new(file) { Packages = packages ?? PackageSearch.None };

    /// <summary>Makes a project of a script.</summary>
    internal static Project FromScript(GuildFile file) => new(file) { IsScript = true };

    /// <summary>The same project with other models.</summary>
    internal Project With(IReadOnlyList<ModelDefinition> models) => new(File with { Models = models }) { IsScript = IsScript, Package = Package, Packages = Packages };

    /// <summary>The same project, whose operations' resources are looked for elsewhere.</summary>
    internal Project Using(PackageSearch packages) => ReferenceEquals(packages, Packages) ? this : new(File) { IsScript = IsScript, Package = Package, Packages = packages };

    /// <summary>The same Guild file, as that of an installed package.</summary>
    internal Project Of(InstalledPackage package) => new(File) { Package = package, Packages = Packages };

    /// <summary>The name of an operation by which a user finds it anywhere: for a package's with the package, as in <c>pkg/mlp:train</c>.</summary>
    public string NameOf(OperationDefinition operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Package is null ? operation.FullName : $"{Package.Name}/{operation.FullName}";
    }

    /// <summary>The model of that name, or null.</summary>
    public ModelDefinition? FindModel(string name) => Models.FirstOrDefault(m => m.Name == name);

    /// <summary>The model that an operation belongs to.</summary>
    public ModelDefinition ModelOf(OperationDefinition operation) => FindModel(operation.ModelName)
        ?? throw new InvalidOperationException($"Operation '{operation.FullName}' is not of this project.");

    /// <summary>What is left of a name within the project: for that of a package's operation or model the part behind the package, for that of the package itself nothing.</summary>
    /// <param name="name">The name, with or without the package.</param>
    public string NameWithin(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Package is null)
        {
            return name;
        }

        return Package.IsNamed(name) && FindModel(name) is null ? "" : name[(name.LastIndexOf('/') + 1)..];
    }
}
