using Guild.Engine.Flags;
using Guild.Engine.GuildFiles;
using Guild.Engine.Tests.GuildFiles;

namespace Guild.Engine.Tests.Flags;

/// <summary>Binding of flags that are secrets, by the Guild file or by what is given.</summary>
public sealed class SecretFlagTests
{
    private const string Secret = "s3cr3t-xyzzy";

    private static readonly FlagDefinition Key = new() { Name = "api-key", IsSecret = true };

    [Fact]
    public void A_declared_secret_has_no_value_among_the_flags()
    {
        var bound = Bind([Key], ("api-key", new FlagText(Secret)));

        Assert.Null(bound.Values["api-key"]);
        Assert.Empty(bound.UserValues);
        Assert.Equal(["api-key"], bound.GivenSecrets);
        Assert.Equal(Secret, bound.Secrets["api-key"].Text);
        Assert.Equal("FLAG_API_KEY", bound.SecretVariables["api-key"]);
    }

    [Theory]
    [InlineData("1e3")]
    [InlineData("yes")]
    [InlineData("[a, b]")]
    [InlineData("p${other}w")]
    [InlineData(" padded ")]
    public void A_secret_is_taken_as_it_is_typed(string text) =>
        Assert.Equal(text, Bind([Key, new() { Name = "other", Default = "x" }], ("api-key", new FlagText(text))).Secrets["api-key"].Text);

    [Fact]
    public void What_is_given_as_a_secret_makes_any_flag_one()
    {
        var bound = Bind([new() { Name = "data", Default = "a" }], ("data", new FlagSecret(Secret)));

        Assert.Null(bound.Values["data"]);
        Assert.Equal(Secret, bound.Secrets["data"].Text);
    }

    [Fact]
    public void A_flag_that_was_given_as_a_secret_stays_one_when_it_is_given_again()
    {
        var bound = Bind([new() { Name = "data" }], ("data", new FlagSecret("old-text")), ("data", new FlagText(Secret)));

        Assert.Null(bound.Values["data"]);
        Assert.Equal(Secret, bound.Secrets["data"].Text);
    }

    [Fact]
    public void A_credential_has_two_variables()
    {
        var bound = Bind([new() { Name = "db", EnvName = "DB" }], ("db", new FlagCredential("ada", Secret)));

        Assert.Equal(
            [new("DB_USERNAME", "ada"), new("DB_PASSWORD", Secret)],
            bound.Secrets["db"].Variables(bound.SecretVariables["db"]));
    }

    [Fact]
    public void A_secret_that_is_not_given_comes_from_the_environment_and_then_from_its_default()
    {
        var flag = Key with { Default = "from-file" };
        var environment = new Dictionary<string, string> { ["FLAG_API_KEY"] = Secret };

        Assert.Equal(Secret, Bind([flag], environment).Secrets["api-key"].Text);
        Assert.Equal("from-file", Bind([flag]).Secrets["api-key"].Text);
        Assert.Empty(Bind([flag], ("api-key", new FlagValue(null))).Secrets);
    }

    [Fact]
    public void A_flag_that_is_no_secret_is_not_taken_from_the_environment() =>
        Assert.Null(Bind([new() { Name = "api-key" }], new Dictionary<string, string> { ["FLAG_API_KEY"] = Secret }).Values["api-key"]);

    [Fact]
    public void A_required_secret_that_is_missing_is_an_error_that_names_its_variable()
    {
        var error = Assert.Throws<FlagException>(() => Bind([Key with { IsRequired = true }]));

        Assert.Equal(FlagProblemKind.Missing, Assert.Single(error.Problems).Kind);
        Assert.Contains("FLAG_API_KEY", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<FlagDefinition> Narrow =>
    [
        Key with { Type = FlagType.Int },
        Key with { Type = FlagType.Boolean },
        Key with { Minimum = 3 },
        Key with { Choices = [new() { Value = "one" }] },
        Key with { Type = FlagType.ExistingPath },
    ];

    [Theory]
    [MemberData(nameof(Narrow))]
    public void An_error_about_a_secret_does_not_show_it(FlagDefinition flag)
    {
        ArgumentNullException.ThrowIfNull(flag);
        var error = Assert.Throws<FlagException>(() => Bind([flag], ("api-key", new FlagText(Secret))));

        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.Null(Assert.Single(error.Problems).Value);
        Assert.Contains("api-key", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_no_secret()
    {
        var error = Assert.Throws<FlagException>(() => Bind([Key], ("api-key", new FlagValue(new object?[] { Secret }))));

        Assert.Contains("one text", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_flag_cannot_hold_a_secret()
    {
        var flags = new FlagDefinition[] { Key, new() { Name = "url", Default = "https://x/?key=${api-key}" } };

        var error = Assert.Throws<FlagException>(() => Bind(flags, ("api-key", new FlagText(Secret))));

        Assert.Contains("'url'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_of_a_choice_stands_for_its_value()
    {
        var flag = Key with { Choices = [new() { Value = "long-value", Alias = "short" }] };

        Assert.Equal("long-value", Bind([flag], ("api-key", new FlagText("short"))).Secrets["api-key"].Text);
    }

    [Fact]
    public void Inputs_that_are_secrets_have_no_text()
    {
        Assert.Equal("FlagSecret FlagCredential", $"{new FlagSecret(Secret)} {new FlagCredential("ada", Secret)}");
    }

    [Fact]
    public void A_default_of_a_secret_is_a_warning()
    {
        var result = GuildFileText.Parse("op:\n  exec: x\n  flags:\n    key: {secret: yes, default: abc}\n    other: {secret: yes}\n");

        var warning = Assert.Single(result.Diagnostics);
        Assert.Equal((DiagnosticSeverity.Warning, "SecretDefault", 4), (warning.Severity, warning.Id, warning.Position.Line));
        Assert.DoesNotContain("abc", warning.Message, StringComparison.Ordinal);
        Assert.All(result.File!.Models[0].Operations[0].Flags, f => Assert.True(f.IsSecret && f.Extra.Count == 0));
    }

    private static BoundFlags Bind(FlagDefinition[] flags, params (string Name, FlagInput Input)[] given) => Bind(flags, [], given);

    private static BoundFlags Bind(FlagDefinition[] flags, Dictionary<string, string> environment, params (string Name, FlagInput Input)[] given) => FlagBinder.Bind(
        new OperationDefinition { Name = "op", ModelName = "", Flags = [.. flags.OrderBy(f => f.Name, StringComparer.Ordinal)] },
        [.. given.Select(g => KeyValuePair.Create(g.Name, g.Input))],
        new FlagBindingOptions(Path.GetTempPath(), Path.GetTempPath()) { Environment = environment });
}
