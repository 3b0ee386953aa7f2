namespace Guild.Host;

/// <summary>Where the module is that belongs to this host: beside the folder of the executable.</summary>
internal static class ModuleLocation
{
    private const string ModulePathVariable = "PSModulePath";

    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, ".."));

    /// <summary>The folder of the module of the host's own version.</summary>
    internal static string Directory { get; } =
        Path.Combine(Root, "Guild", typeof(ModuleLocation).Assembly.GetName().Version!.ToString(3));

    /// <summary>Lets scripts use the cmdlets without importing the module, in this process and in the PowerShell processes that it starts.</summary>
    internal static void AddToModulePath()
    {
        string? others = Environment.GetEnvironmentVariable(ModulePathVariable);
        string path = string.IsNullOrEmpty(others) ? Root : $"{Root}{Path.PathSeparator}{others}";
        Environment.SetEnvironmentVariable(ModulePathVariable, path);
    }
}
