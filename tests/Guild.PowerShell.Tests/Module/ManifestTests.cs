using System.Management.Automation;
using System.Reflection;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Module;

public sealed class ManifestTests : IDisposable
{
    private const string HiddenCmdlet = "Invoke-GuildCommand";

    private readonly ModuleSession _session = new();

    [Fact]
    public void PowerShell_accepts_the_manifest()
    {
        SessionResult result = _session.Run("Test-ModuleManifest -Path $args[0]", BuiltFiles.Manifest);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        PSModuleInfo module = Assert.IsType<PSModuleInfo>(Assert.Single(result.Output)!.BaseObject);
        Assert.Equal(BuiltFiles.ModuleVersion, module.Version.ToString(3));
        Assert.Equal(["guild"], module.ExportedFunctions.Keys);
        Assert.Empty(module.ExportedVariables);
        Assert.Empty(module.ExportedAliases);
    }

    [Fact]
    public void The_schema_for_editors_is_in_the_module() => Assert.Equal(
        File.ReadAllText(Path.Combine(BuiltFiles.RepositoryRoot, "docs", "guild-file.schema.json")),
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(BuiltFiles.Manifest)!, "guild-file.schema.json")));

    [Fact]
    public void The_cmdlets_of_the_manifest_are_those_of_the_assembly()
    {
        Assert.Equal(CmdletsOfTheAssembly().Where(name => name != HiddenCmdlet).Order(StringComparer.Ordinal), Manifest<object[]>("CmdletsToExport").Cast<string>());
    }

    [Fact]
    public void The_cmdlet_behind_guild_is_not_offered()
    {
        Assert.Empty(_session.Run($"Get-Command {HiddenCmdlet} -ErrorAction Ignore").Output);
    }

    [Theory]
    [InlineData("GUID")]
    [InlineData("Author")]
    [InlineData("CompanyName")]
    [InlineData("Copyright")]
    [InlineData("Description")]
    [InlineData("PowerShellVersion")]
    [InlineData("CompatiblePSEditions")]
    [InlineData("FormatsToProcess")]
    [InlineData("TypesToProcess")]
    public void The_manifest_says(string key)
    {
        Assert.NotEmpty(Manifest<object>(key).ToString()!);
    }

    [Theory]
    [InlineData("Tags")]
    [InlineData("LicenseUri")]
    [InlineData("ProjectUri")]
    [InlineData("ReleaseNotes")]
    [InlineData("Prerelease")]
    public void The_manifest_tells_the_gallery(string key)
    {
        var gallery = (System.Collections.Hashtable)Manifest<System.Collections.Hashtable>("PrivateData")["PSData"]!;

        Assert.True(gallery.ContainsKey(key));
    }

    [Fact]
    public void The_staged_folder_holds_what_the_manifest_names()
    {
        IEnumerable<object> files = [Manifest<object>("RootModule"), .. Manifest<object[]>("NestedModules"), .. Manifest<object[]>("FormatsToProcess"), .. Manifest<object[]>("TypesToProcess")];

        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(BuiltFiles.ModuleDirectory, (string)file)), (string)file));
    }

    public void Dispose() => _session.Dispose();

    private static IEnumerable<string> CmdletsOfTheAssembly() =>
        from type in AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "Guild.PowerShell").GetExportedTypes()
        let attribute = type.GetCustomAttribute<CmdletAttribute>()
        where attribute is not null
        select $"{attribute.VerbName}-{attribute.NounName}";

    private T Manifest<T>(string key)
    {
        SessionResult result = _session.Run("& ([scriptblock]::Create([IO.File]::ReadAllText($args[0])))", BuiltFiles.Manifest);
        var manifest = (System.Collections.Hashtable)Assert.Single(result.Output)!.BaseObject;
        return Assert.IsAssignableFrom<T>(manifest[key]);
    }
}
