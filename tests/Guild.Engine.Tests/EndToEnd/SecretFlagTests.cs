using System.Security.Cryptography;
using System.Text;
using Guild.Engine.Execution;
using Guild.Engine.Flags;
using Guild.Engine.Runs;
using Guild.Engine.Tests.Operations;

namespace Guild.Engine.Tests.EndToEnd;

/// <summary>A secret reaches the program, and nothing of it is left: every file of the home is looked at.</summary>
public sealed class SecretFlagTests : IDisposable
{
    private const string Secret = "s3cr3t-xyzzy-42";

    // The program says which secret it got without saying it.
    private const string Show = """
        import hashlib, os, sys
        for name in ("FLAG_API_KEY", "TOKEN_URL", "DB_USERNAME", "DB_PASSWORD", "FLAG_MAX_TOKENS"):
            print(name, hashlib.sha256(os.environ[name].encode()).hexdigest() if name in os.environ else "none")
        print("args", sys.argv[1:])
        print("global", globals().get("api_key"), globals().get("params"))
        """;

    private readonly TempProject _project = new("""
        plain:
          main: show
          label: 'key=${api-key} ${default_label}'
          flags: &flags
            api-key: {secret: yes}
            db: {env-name: DB}
            max-tokens: 5
            lr: 0.1
        referring:
          main: show
          env: {TOKEN_URL: 'https://x/?t=${api-key}'}
          flags: *flags
        into-globals:
          main: show
          flags-dest: globals
          flags: {api_key: {secret: yes, env-name: FLAG_API_KEY}}
        into-dict:
          main: show
          flags-dest: dict:params
          flags: {api-key: {secret: yes}, lr: 0.1}
        in-exec: {exec: 'echo ${api-key}', flags: {api-key: {secret: yes}}}
        in-main: {main: 'show --key ${api-key}', flags: {api-key: {secret: yes}}}
        in-source:
          exec: echo x
          requires: [{file: 'data-${api-key}.txt'}]
          flags: {api-key: {secret: yes}}
        own-secret:
          main: show
          env: {DB_PASSWORD: 'in-the-file', DB_USERNAME: ada}
        config:
          main: show
          requires: [{config: settings.yml}]
          flags: {api-key: {secret: yes}, lr: 0.1}
        """);

    public SecretFlagTests()
    {
        _project.Write("show.py", Show);
        _project.Write("settings.yml", "api-key: unset\nlr: 0\n");
        foreach (var name in new[] { "FLAG_API_KEY", "TOKEN_URL", "DB_USERNAME", "DB_PASSWORD", "FLAG_MAX_TOKENS" })
        {
            _project.Environment.Remove(name);
        }
    }

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("plain")]
    [InlineData("referring")]
    [InlineData("into-globals")]
    [InlineData("into-dict")]
    [InlineData("config")]
    public void The_program_gets_the_secret_and_no_file_of_the_home_has_it(string operation)
    {
        var run = _project.Run(operation, $"{(operation == "into-globals" ? "api_key" : "api-key")}={Secret}");

        Assert.Equal((RunStatus.Completed, null), (run.Status, _project.Fault));
        Assert.Contains($"FLAG_API_KEY {Hash(Secret)}", TempProject.Output(run), StringComparison.Ordinal);
        AssertNowhere(Secret);
        _project.Store.Delete(run);
        AssertNowhere(Secret);
    }

    [Fact]
    public void A_secret_is_no_argument_and_no_global_variable()
    {
        Assert.Contains("args ['--lr', '0.1', '--max-tokens', '5']", TempProject.Output(_project.Run("plain", $"api-key={Secret}")), StringComparison.Ordinal);
        Assert.Contains("global None", TempProject.Output(_project.Run("into-globals", $"api_key={Secret}")), StringComparison.Ordinal);
        Assert.Contains("{'lr': 0.1}", TempProject.Output(_project.Run("into-dict", $"api-key={Secret}")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_record_says_that_a_secret_was_given_and_not_which()
    {
        var run = _project.Run("plain", $"api-key={Secret}", "lr=0.2");

        Assert.Equal(["api-key"], run.SecretFlags);
        Assert.Null(run.Flags["api-key"]);
        Assert.Equal("key= lr=0.2 max-tokens=5", run.Label);
        Assert.Equal(["lr"], Mapping(run, "user_flags").Keys);
        Assert.Equal(["lr=0.2"], (IReadOnlyList<object?>)Mapping(run, "run_params")["flags"]!);
        Assert.DoesNotContain("FLAG_API_KEY", Mapping(run, "env").Keys);
        Assert.Equal("5", Mapping(run, "env")["FLAG_MAX_TOKENS"]);
        var flag = (IReadOnlyDictionary<string, object?>)((IReadOnlyDictionary<string, object?>)((IReadOnlyDictionary<string, object?>)Mapping(run, "op")["op-cmd"]!)["cmd-flags"]!)["api-key"]!;
        Assert.Equal(true, flag["arg-skip"]);
    }

    [Fact]
    public void A_run_without_the_secret_says_so()
    {
        var run = _project.Run("plain");

        Assert.Empty(run.SecretFlags);
        Assert.Contains($"FLAG_API_KEY {Hash("")}", TempProject.Output(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_refers_to_a_secret_is_one()
    {
        var plan = _project.Plan("referring", $"api-key={Secret}");
        Assert.Equal(["FLAG_API_KEY", "TOKEN_URL"], plan.SecretVariables);
        Assert.DoesNotContain("TOKEN_URL", plan.Environment.Keys);

        var run = _project.Run("referring", $"api-key={Secret}");
        Assert.Contains($"TOKEN_URL {Hash($"https://x/?t={Secret}")}", TempProject.Output(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in-exec")]
    [InlineData("in-main")]
    public void A_command_cannot_have_a_secret_and_the_error_names_the_variable(string operation)
    {
        var error = Assert.Throws<FlagReferenceException>(() => _project.Plan(operation, $"api-key={Secret}"));

        Assert.Contains("FLAG_API_KEY", error.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_of_a_resource_cannot_have_a_secret()
    {
        var run = _project.Run("in-source", $"api-key={Secret}");

        Assert.IsType<ResourceException>(_project.Fault);
        Assert.Equal(RunStatus.Error, run.Status);
        AssertNowhere(Secret);
    }

    [Fact]
    public void A_configuration_file_keeps_its_own_value_where_a_flag_is_a_secret()
    {
        var run = _project.Run("config", $"api-key={Secret}");

        Assert.Equal("api-key: unset\nlr: 0.1\n", File.ReadAllText(Path.Combine(run.Directory.Path, "settings.yml")));
    }

    [Fact]
    public void A_credential_reaches_the_program_as_two_variables()
    {
        var request = _project.Request("plain") with { Flags = [new("db", new FlagCredential("ada-lovelace", Secret))] };

        var run = _project.Run(request);

        Assert.Contains($"DB_USERNAME {Hash("ada-lovelace")}\nDB_PASSWORD {Hash(Secret)}", TempProject.Output(run), StringComparison.Ordinal);
        Assert.Equal(["db"], run.SecretFlags);
        AssertNowhere(Secret);
        AssertNowhere("ada-lovelace");
    }

    [Fact]
    public void A_variable_of_another_name_that_has_the_secret_is_not_recorded_either()
    {
        _project.Environment["MY_LOGIN"] = Secret;
        _project.Environment["MY_LINE"] = $"user:{Secret}@x";
        _project.Environment["MY_OTHER"] = "stays";

        var run = _project.Run("plain", $"api-key={Secret}");

        AssertNowhere(Secret);
        Assert.Equal("stays", Mapping(run, "env")["MY_OTHER"]);
    }

    [Fact]
    public void A_secret_is_in_no_event()
    {
        var told = new List<string>();
        _project.Events.Hook = e =>
        {
            lock (told)
            {
                told.Add(e.ToString() ?? "");
            }
        };
        _project.Run("plain", $"api-key={Secret}");

        Assert.NotEmpty(told);
        Assert.DoesNotContain(told, t => t.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public void A_staged_run_has_no_secret_and_gets_it_at_its_start()
    {
        var staged = _project.Run(_project.Request("referring", $"api-key={Secret}"), new RunOptions { StagesOnly = true });
        Assert.Equal(RunStatus.Staged, staged.Status);
        AssertNowhere(Secret);

        var run = _project.Start(staged, new RunOptions { Secrets = [new("api-key", new FlagSecret("another-s3cret"))] });

        Assert.Equal(RunStatus.Completed, run.Status);
        Assert.Contains($"FLAG_API_KEY {Hash("another-s3cret")}\nTOKEN_URL {Hash("https://x/?t=another-s3cret")}", TempProject.Output(run), StringComparison.Ordinal);
        AssertNowhere("another-s3cret");
    }

    [Fact]
    public void A_staged_run_is_not_started_without_its_secret()
    {
        var staged = _project.Run(_project.Request("plain", $"api-key={Secret}"), new RunOptions { StagesOnly = true });
        var before = _project.HomeContent();

        var error = Assert.Throws<FlagException>(() => _project.Start(staged));

        Assert.Contains("'api-key'", error.Message, StringComparison.Ordinal);
        Assert.Contains("FLAG_API_KEY", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, _project.HomeContent());
    }

    [Fact]
    public void A_staged_run_takes_its_secret_from_the_environment_of_its_start()
    {
        var staged = _project.Run(_project.Request("plain", $"api-key={Secret}"), new RunOptions { StagesOnly = true });
        _project.Environment["FLAG_API_KEY"] = Secret;

        Assert.Contains($"FLAG_API_KEY {Hash(Secret)}", TempProject.Output(_project.Start(staged)), StringComparison.Ordinal);
        AssertNowhere(Secret);
    }

    [Fact]
    public void A_staged_credential_is_given_again_in_either_form()
    {
        var request = _project.Request("plain") with { Flags = [new("db", new FlagCredential("ada", Secret))] };
        var first = _project.Run(request, new RunOptions { StagesOnly = true });
        var second = _project.Run(request, new RunOptions { StagesOnly = true });

        var given = _project.Start(first, new RunOptions { Secrets = [new("db", new FlagCredential("eve", "other"))] });
        _project.Environment["DB_USERNAME"] = "bob";
        _project.Environment["DB_PASSWORD"] = Secret;
        var inherited = _project.Start(second);

        Assert.Contains($"DB_USERNAME {Hash("eve")}\nDB_PASSWORD {Hash("other")}", TempProject.Output(given), StringComparison.Ordinal);
        Assert.Contains($"DB_USERNAME {Hash("bob")}\nDB_PASSWORD {Hash(Secret)}", TempProject.Output(inherited), StringComparison.Ordinal);
        AssertNowhere(Secret);
    }

    [Theory]
    [InlineData("lr")]
    [InlineData("nothing")]
    public void Only_secrets_can_be_given_at_a_start(string name)
    {
        var staged = _project.Run(_project.Request("plain", $"api-key={Secret}"), new RunOptions { StagesOnly = true });

        var error = Assert.Throws<FlagException>(() => _project.Start(staged, new RunOptions { Secrets = [new("api-key", new FlagSecret(Secret)), new(name, new FlagText("1"))] }));

        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_staged_run_keeps_a_flag_whose_name_only_looks_secret()
    {
        var staged = _project.Run(_project.Request("plain", "max-tokens=7"), new RunOptions { StagesOnly = true });

        Assert.Contains($"FLAG_MAX_TOKENS {Hash("7")}", TempProject.Output(_project.Start(staged)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_of_the_operation_that_looks_secret_is_asked_for_at_the_start()
    {
        var staged = _project.Run(_project.Request("own-secret"), new RunOptions { StagesOnly = true });
        Assert.DoesNotContain("in-the-file", File.ReadAllText(Path.Combine(staged.Directory.GuildPath, "attrs", "op")), StringComparison.Ordinal);
        Assert.DoesNotContain("in-the-file", File.ReadAllText(Path.Combine(staged.Directory.GuildPath, "ENV")), StringComparison.Ordinal);

        var error = Assert.Throws<RunStateException>(() => _project.Start(staged));
        Assert.Contains("DB_PASSWORD", error.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Staged, _project.Store.TryRead(staged.Directory)!.Status);

        _project.Environment["DB_PASSWORD"] = "given";
        Assert.Contains($"DB_USERNAME {Hash("ada")}\nDB_PASSWORD {Hash("given")}", TempProject.Output(_project.Start(staged)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_flag_that_holds_a_password_is_warned_of()
    {
        Assert.Contains(_project.Plan("plain", "db=postgres://ada:pw@host/x").Warnings, w => w.Contains("'db'", StringComparison.Ordinal) && !w.Contains("pw@", StringComparison.Ordinal));
        Assert.Empty(_project.Plan("plain", "db=postgres://host/x").Warnings);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IReadOnlyDictionary<string, object?> Mapping(Run run, string attribute) =>
        (IReadOnlyDictionary<string, object?>)run.Directory.ReadAttribute(attribute)!;

    private void AssertNowhere(string secret)
    {
        var files = Directory.GetFiles(_project.Home.Path, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, f => File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0 || f.Contains(secret, StringComparison.Ordinal));
    }
}
