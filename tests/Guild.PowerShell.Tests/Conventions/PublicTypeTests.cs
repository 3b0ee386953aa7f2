using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Conventions;

/// <summary>What the module's assemblies must and must not have, so that it loads, shows itself and stays in its own context.</summary>
public sealed partial class PublicTypeTests
{
    private static readonly string[] ShownByThemselves = ["GuildRunStatus", "GuildStreamKind"];

    // PowerShell reads the public types of a nested assembly before the engine can be found.
    [Fact]
    public void No_public_type_needs_the_engine_to_be_read()
    {
        Assert.All(CmdletTypes.Assembly.GetExportedTypes(), type =>
        {
            Assert.DoesNotContain(type.GetInterfaces(), i => IsOfEngine(i));
            Assert.DoesNotContain(
                type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly),
                f => IsOfEngine(Nullable.GetUnderlyingType(f.FieldType) ?? f.FieldType) && (Nullable.GetUnderlyingType(f.FieldType) ?? f.FieldType).IsValueType);
        });
    }

    [Fact]
    public void No_public_member_gives_a_type_of_the_engine()
    {
        Assert.All(CmdletTypes.Assembly.GetExportedTypes(), type => Assert.DoesNotContain(
            type.GetProperties(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public),
            p => IsOfEngine(p.PropertyType) || IsOfEngine(p.PropertyType.GetElementType())));
    }

    [Fact]
    public void Objects_that_scripts_see_cannot_be_changed()
    {
        Assert.All(ObjectTypes(), type =>
        {
            Assert.True(type.IsSealed, type.Name);
            Assert.DoesNotContain(type.GetProperties(), p => p.SetMethod is { IsPublic: true } set && !set.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit"));
            Assert.Empty(type.GetConstructors());
        });
    }

    [Fact]
    public void Each_object_that_scripts_see_has_a_view()
    {
        var shown = XDocument.Load(Path.Combine(BuiltFiles.ModuleDirectory, "Views", "Guild.Format.ps1xml")).Descendants("TypeName").Select(e => e.Value).ToHashSet(StringComparer.Ordinal);

        Assert.All(ObjectTypes(), type => Assert.Contains(type.FullName!, shown));
    }

    [Fact]
    public void Each_view_is_of_a_type_and_of_properties_that_are_there()
    {
        foreach (var view in XDocument.Load(Path.Combine(BuiltFiles.ModuleDirectory, "Views", "Guild.Format.ps1xml")).Descendants("View"))
        {
            // Errors of the classic words and lines of charts have views by names that no type has.
            var name = view.Descendants("TypeName").Single().Value;
            if (name is "Guild.ClassicError" or "Guild.PowerShell.ChartLine")
            {
                continue;
            }

            var type = CmdletTypes.Assembly.GetType(name, throwOnError: true)!;
            Assert.All(view.Descendants("PropertyName"), property => Assert.NotNull(type.GetProperty(property.Value)));
        }
    }

    [Fact]
    public void Every_completer_is_one()
    {
        var completers = CmdletTypes.Typed.SelectMany(CmdletTypes.Parameters).SelectMany(p => p.GetCustomAttributes<ArgumentCompleterAttribute>(inherit: true)).Select(a => a.Type).ToList();

        Assert.NotEmpty(completers);
        Assert.All(completers, c => Assert.True(c!.IsAssignableTo(typeof(IArgumentCompleter)) && c.IsPublic, c.Name));
    }

    [Theory]
    [InlineData("Guild.Engine.dll", "System.Management.Automation")]
    [InlineData("Guild.Loading.dll", "Guild.Engine")]
    public void An_assembly_does_not_refer_to(string assembly, string other)
    {
        var path = Directory.EnumerateFiles(BuiltFiles.ModuleDirectory, assembly, SearchOption.AllDirectories).Single();
        using var metadata = new AssemblyMetadata(path);

        Assert.DoesNotContain(other, metadata.References);
    }

    [Fact]
    public void No_code_of_the_module_writes_to_the_console_or_sleeps()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(BuiltFiles.RepositoryRoot, "src", "Guild.PowerShell"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

        Assert.All(sources, file => Assert.DoesNotMatch(Banned(), File.ReadAllText(file)));
    }

    private static IEnumerable<Type> ObjectTypes() => CmdletTypes.Assembly.GetExportedTypes()
        .Where(t => t.Namespace == "Guild.PowerShell" && !t.IsEnum && !t.IsAssignableTo(typeof(Exception)) && !ShownByThemselves.Contains(t.Name));

    private static bool IsOfEngine(Type? type) => type?.Assembly.GetName().Name == "Guild.Engine";

    // Asking whether somebody can answer is neither.
    [GeneratedRegex(@"\bConsole\.(?!IsInputRedirected|OutputEncoding\b(?! *=))|\bThread\.Sleep|Environment\.CurrentDirectory")]
    private static partial Regex Banned();
}
