using System.Management.Automation;
using System.Reflection;
using Guild.PowerShell.Tests.Hosting;

namespace Guild.PowerShell.Tests.Conventions;

/// <summary>The rules for cmdlets of PowerShell's own guidelines, as far as reflection sees them.</summary>
public sealed class CmdletConventionTests
{
    private static readonly string[] StateChangingVerbs = ["Set", "Remove", "Start", "Invoke", "Stop", "Restart", "Restore", "Clear", "New", "Import", "Export"];

    // What cannot be undone. Deleting for good asks by itself, since Remove-GuildRun without -Permanent can be undone.
    private static readonly string[] HighImpact = ["Clear-GuildTrash", "Clear-GuildResourceCache"];

    // Sets that list everything and need no input.
    private static readonly string[] ListingSets = ["Get-GuildRun All", "Compare-GuildRun All"];

    // A switch that asks for the status; elsewhere the parameter chooses by it.
    private static readonly string[] StatusSwitches = ["Get-GuildResource"];

    // Words that end in s and are no plurals, and one that counts.
    private static readonly string[] Singular = ["Status", "Address", "Radius", "Axis", "MaxTrials"];

    // Gives an object to think with, as New-TimeSpan does, and changes nothing.
    private static readonly string[] MakesAValue = ["New-GuildSpace"];

    [Fact]
    public void Verbs_are_approved()
    {
        var approved = typeof(VerbsCommon).Assembly.GetTypes().Where(t => t.Name.StartsWith("Verbs", StringComparison.Ordinal) && t.IsPublic)
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(f => (string)f.GetRawConstantValue()!)
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(CmdletTypes.Cmdlets, c => Assert.Contains(CmdletTypes.Attribute(c).VerbName, approved));
    }

    [Fact]
    public void Nouns_start_with_Guild_and_are_singular()
    {
        Assert.All(CmdletTypes.Cmdlets, c => Assert.Matches("^Guild[A-Z][A-Za-z]*[^s]$", CmdletTypes.Attribute(c).NounName));
    }

    [Fact]
    public void A_class_is_named_by_verb_and_noun_and_is_sealed_and_public()
    {
        Assert.All(CmdletTypes.Cmdlets, c =>
        {
            Assert.Equal($"Guild.PowerShell.Commands.{CmdletTypes.Attribute(c).VerbName}{CmdletTypes.Attribute(c).NounName}Command", c.FullName);
            Assert.True(c is { IsSealed: true, IsPublic: true }, c.Name);
            Assert.True(File.Exists(Path.Combine(BuiltFiles.RepositoryRoot, "src", "Guild.PowerShell", "Commands", c.Name + ".cs")), c.Name);
        });
    }

    [Fact]
    public void No_parameter_has_a_name_that_PowerShell_keeps_for_itself()
    {
        string[] kept =
        [
            .. Cmdlet.CommonParameters, .. Cmdlet.OptionalCommonParameters,
            "SelectProperty", "SelectObject", "vb", "db", "ea", "wa", "infa", "ev", "wv", "iv", "ov", "ob", "pv", "wi", "cf", "proga",
        ];

        Assert.All(Names(), name => Assert.DoesNotContain(name, kept, StringComparer.OrdinalIgnoreCase));

        static IEnumerable<string> Names() => CmdletTypes.Cmdlets.SelectMany(CmdletTypes.Parameters)
            .SelectMany(p => p.GetCustomAttributes<AliasAttribute>(inherit: true).SelectMany(a => a.AliasNames).Append(p.Name));
    }

    [Fact]
    public void Parameters_are_in_Pascal_case_and_singular()
    {
        Assert.All(CmdletTypes.Typed.SelectMany(CmdletTypes.Parameters), p =>
        {
            Assert.Matches("^[A-Z][A-Za-z]*$", p.Name);
            Assert.True(!p.Name.EndsWith('s') || Singular.Contains(p.Name), CmdletTypes.ShortNameOf(p));
        });
    }

    [Fact]
    public void No_parameter_is_a_plain_bool()
    {
        Assert.All(CmdletTypes.Typed.SelectMany(CmdletTypes.Parameters), p => Assert.False(p.PropertyType == typeof(bool), CmdletTypes.ShortNameOf(p)));
    }

    [Fact]
    public void Choices_and_spans_and_addresses_have_types()
    {
        Assert.All(CmdletTypes.Typed.SelectMany(CmdletTypes.Parameters), p =>
        {
            var type = p.PropertyType.IsArray ? p.PropertyType.GetElementType()! : Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType;
            Assert.True(p.Name is not ("Status" or "Stream") || type.IsEnum || IsStatusSwitch(p), CmdletTypes.ShortNameOf(p));
            Assert.True(!p.Name.EndsWith("Uri", StringComparison.Ordinal) || type == typeof(Uri), CmdletTypes.ShortNameOf(p));
            Assert.True(p.Name is not "Timeout" || type == typeof(TimeSpan) || type == typeof(double) || type == typeof(int), CmdletTypes.ShortNameOf(p));
        });
    }

    // InputObject is of the type that a cmdlet works on, as it is everywhere; a name that selects can be several, one that names the one to make is one.
    [Fact]
    public void A_parameter_of_one_name_has_one_type()
    {
        var types = CmdletTypes.Typed.SelectMany(CmdletTypes.Parameters)
            .Where(p => p.Name is not "InputObject" && !IsStatusSwitch(p))
            .GroupBy(p => p.Name, p => p.PropertyType.IsArray ? p.PropertyType.GetElementType()! : p.PropertyType);

        Assert.All(types, g => Assert.True(g.Distinct().Count() == 1, $"-{g.Key}: {string.Join(", ", g.Distinct().Select(t => t.Name))}"));
    }

    [Fact]
    public void Only_what_changes_something_asks_whether_it_should()
    {
        Assert.All(CmdletTypes.Typed, c => Assert.Equal(StateChangingVerbs.Contains(CmdletTypes.Attribute(c).VerbName) && !MakesAValue.Contains(CmdletTypes.NameOf(c)), CmdletTypes.Attribute(c).SupportsShouldProcess));
    }

    [Fact]
    public void Only_what_cannot_be_undone_has_a_high_impact()
    {
        Assert.All(CmdletTypes.Typed, c => Assert.Equal(HighImpact.Contains(CmdletTypes.NameOf(c)), CmdletTypes.Attribute(c).ConfirmImpact == ConfirmImpact.High));
    }

    [Fact]
    public void Each_parameter_set_takes_input_of_the_pipeline()
    {
        Assert.All(CmdletTypes.Typed.SelectMany(c => CmdletTypes.Sets(c).Select(s => (Name: $"{CmdletTypes.NameOf(c)} {s.Set}", s.Parameters))), set =>
        {
            Assert.True(ListingSets.Contains(set.Name) || set.Parameters.Any(p => p.Attribute.ValueFromPipeline || p.Attribute.ValueFromPipelineByPropertyName), set.Name);
            Assert.True(set.Parameters.Count(p => p.Attribute.ValueFromPipeline) <= 1, set.Name);
        });
    }

    // Where runs are piped, what stands in the place of -Id is no id, and the set does not show it.
    [Fact]
    public void Ids_are_taken_by_property_name_and_complete()
    {
        Assert.All(CmdletTypes.Typed.SelectMany(CmdletTypes.Parameters).Where(p => p.Name == "Id"), p =>
        {
            Assert.All(CmdletTypes.Attributes(p).Where(a => !a.DontShow), a => Assert.True(a.ValueFromPipelineByPropertyName, CmdletTypes.ShortNameOf(p)));
            Assert.True(p.IsDefined(typeof(ArgumentCompleterAttribute), inherit: true), CmdletTypes.ShortNameOf(p));
        });
    }

    [Fact]
    public void What_a_set_or_remove_changed_is_given_when_asked_for()
    {
        Assert.All(
            CmdletTypes.Typed.Where(c => CmdletTypes.Attribute(c).VerbName is "Set" or "Add" or "Remove" or "Stop" or "Restore"),
            c => Assert.Contains(CmdletTypes.Parameters(c), p => p.Name == "PassThru"));
    }

    [Fact]
    public void Names_that_select_say_that_they_take_wildcards()
    {
        Assert.All(
            CmdletTypes.Typed.Where(c => CmdletTypes.Attribute(c).VerbName == "Get").SelectMany(CmdletTypes.Parameters)
                .Where(p => p.PropertyType == typeof(string[]) && p.Name is "Name" or "Operation" or "Label" or "Tag" or "Path")
                .Where(p => CmdletTypes.NameOf(p.ReflectedType!) is not "Get-GuildPlan"),
            p => Assert.True(p.IsDefined(typeof(SupportsWildcardsAttribute), inherit: true), CmdletTypes.ShortNameOf(p)));
    }

    [Fact]
    public void A_path_with_wildcards_has_a_literal_twin()
    {
        Assert.All(
            CmdletTypes.Typed.Where(c => CmdletTypes.Parameters(c).Any(p => p.Name == "Path" && p.PropertyType.IsArray)),
            c => Assert.Contains(CmdletTypes.Parameters(c), p => p.Name == "LiteralPath" && p.GetCustomAttributes<AliasAttribute>(inherit: true).Single().AliasNames.SequenceEqual(["PSPath", "LP"])));
    }

    [Fact]
    public void Each_cmdlet_says_what_it_gives()
    {
        Assert.All(CmdletTypes.Typed, c =>
        {
            var types = c.GetCustomAttributes<OutputTypeAttribute>(inherit: false).SelectMany(a => a.Type).ToList();
            Assert.NotEmpty(types);
            Assert.All(types, t => Assert.True(t.Type?.IsPublic ?? false, CmdletTypes.NameOf(c)));
        });
    }

    [Fact]
    public void Standard_names_are_not_spelled_another_way()
    {
        string[] others = ["File", "Folder", "Directory", "RunId", "Overwrite", "Silent", "MaxThreads", "Tags", "Labels", "Flags"];

        Assert.All(CmdletTypes.Typed.SelectMany(CmdletTypes.Parameters), p => Assert.DoesNotContain(p.Name, others));
    }

    private static bool IsStatusSwitch(PropertyInfo parameter) => parameter.Name == "Status" && StatusSwitches.Contains(CmdletTypes.NameOf(parameter.ReflectedType!));
}
