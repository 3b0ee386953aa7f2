using System.Reflection;
using System.Reflection.Emit;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Loading;

/// <summary>Each test imports in a process of its own: what one import loads, the next one in the process would find.</summary>
public sealed class ImportTests
{
    private static readonly string Import = $"Import-Module '{BuiltFiles.Manifest}'";

    [Fact]
    public void Importing_makes_guild_work()
    {
        ProcessRun run = ProcessRun.Script($"{Import}; guild --version");

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal([$"guild {BuiltFiles.ModuleVersion}"], run.Lines);
    }

    [Fact]
    public void Importing_does_not_load_the_engine()
    {
        ProcessRun run = ProcessRun.Script($$"""
            {{Import}}
            [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -like 'Guild.*' -or $_ -like 'YamlDotNet' }
            """);

        Assert.Equal(["Guild.Loading", "Guild.PowerShell"], run.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_engine_loads_in_a_context_of_its_own()
    {
        ProcessRun run = ProcessRun.Script($$"""
            {{Import}}
            $null = guild --version
            foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
                if ($assembly.GetName().Name -eq 'Guild.Engine') { [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name }
            }
            """);

        Assert.Equal(["Guild"], run.Lines);
    }

    [Fact]
    public void Importing_again_changes_nothing()
    {
        ProcessRun run = ProcessRun.Script($"{Import}; {Import}; {Import} -Force; guild --version; @(Get-Module Guild).Count");

        Assert.Equal("", run.Error);
        Assert.Equal([$"guild {BuiltFiles.ModuleVersion}", "1"], run.Lines);
    }

    [Fact]
    public void Removing_takes_guild_away_and_importing_brings_it_back()
    {
        ProcessRun run = ProcessRun.Script($$"""
            {{Import}}
            guild --version
            Remove-Module Guild
            [bool] $function:guild
            {{Import}}
            guild --version
            """);

        Assert.Equal("", run.Error);
        Assert.Equal([$"guild {BuiltFiles.ModuleVersion}", "False", $"guild {BuiltFiles.ModuleVersion}"], run.Lines);
    }

    [Fact]
    public void Two_sessions_of_one_process_import_at_once()
    {
        ProcessRun run = ProcessRun.Script($$"""
            $shells = foreach ($i in 1..4) { [powershell]::Create([initialsessionstate]::CreateDefault2()).AddScript("{{Import}}; `$null = guild --version; `$LASTEXITCODE") }
            $waits = foreach ($shell in $shells) { $shell.BeginInvoke() }
            foreach ($i in 0..3) { $shells[$i].EndInvoke($waits[$i]); $shells[$i].Streams.Error }
            """);

        Assert.Equal(("", 0), (run.Error, run.ExitCode));
        Assert.Equal(["0", "0", "0", "0"], run.Lines);
    }

    [Fact]
    public void Removing_in_one_session_leaves_the_other_working()
    {
        ProcessRun run = ProcessRun.Script($$"""
            {{Import}}
            $other = [powershell]::Create([initialsessionstate]::CreateDefault2())
            $null = $other.AddScript("{{Import}}; Remove-Module Guild").Invoke()
            $other.Streams.Error
            guild --version
            """);

        Assert.Equal("", run.Error);
        Assert.Equal([$"guild {BuiltFiles.ModuleVersion}"], run.Lines);
    }

    [Fact]
    public void A_module_can_import_it_for_itself()
    {
        using var directory = new TemporaryDirectory();
        string outer = directory.Write("Outer.psm1", $"{Import}\nfunction Get-Outer {{ guild --version }}\nExport-ModuleMember -Function Get-Outer\n");
        ProcessRun run = ProcessRun.Script($"Import-Module '{outer}'; Get-Outer; $LASTEXITCODE");

        Assert.Equal("", run.Error);
        Assert.Equal([$"guild {BuiltFiles.ModuleVersion}", "0"], run.Lines);
    }

    [Fact]
    public void Another_version_of_a_package_that_is_loaded_already_does_no_harm()
    {
        using var directory = new TemporaryDirectory();
        string other = WriteAssembly(directory.Path, "YamlDotNet", new Version(1, 2, 3, 4));
        ProcessRun run = ProcessRun.Script($$"""
            [Reflection.Assembly]::LoadFrom('{{other}}').GetName().Version.ToString()
            {{Import}}
            guild --version
            $engine = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'Guild.Engine' }
            $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($engine)
            $context.LoadFromAssemblyName('YamlDotNet').GetType('YamlDotNet.RepresentationModel.YamlStream').Name
            [Reflection.Assembly]::Load('YamlDotNet').GetName().Version.ToString()
            """);

        Assert.Equal("", run.Error);
        Assert.Equal(["1.2.3.4", $"guild {BuiltFiles.ModuleVersion}", "YamlStream", "1.2.3.4"], run.Lines);
    }

    [Fact]
    public void Each_exported_command_imports_the_module_when_it_is_first_used()
    {
        ProcessRun run = ProcessRun.Script("""
            foreach ($name in (Get-Module Guild -ListAvailable).ExportedCommands.Keys) {
                Remove-Module Guild -ErrorAction Ignore
                if (-not (Get-Command $name).Module) { "$name is not from the module" }
            }
            Remove-Module Guild
            guild --version
            """);

        Assert.Equal("", run.Error);
        Assert.Equal([$"guild {BuiltFiles.ModuleVersion}"], run.Lines);
    }

    private static string WriteAssembly(string directory, string name, Version version)
    {
        string path = Path.Combine(directory, name + ".dll");
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name) { Version = version }, typeof(object).Assembly);
        assembly.DefineDynamicModule(name).DefineType("Marker", TypeAttributes.Public).CreateType();
        assembly.Save(path);
        return path;
    }
}
