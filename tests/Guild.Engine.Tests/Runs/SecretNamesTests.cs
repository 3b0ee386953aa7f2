using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class SecretNamesTests
{
    [Theory]
    [InlineData("AWS_SECRET_ACCESS_KEY")]
    [InlineData("API_KEY")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("HF_TOKEN")]
    [InlineData("db_password")]
    [InlineData("MYSQL_PWD")]
    [InlineData("PGPASSWORD")]
    [InlineData("GOOGLE_APPLICATION_CREDENTIALS")]
    [InlineData("npm.auth")]
    public void A_name_with_a_secret_word_is_secret(string name) => Assert.True(SecretNames.IsSecretName(name));

    [Theory]
    [InlineData("HANDLE_KEYBOARD_INTERRUPT")]
    [InlineData("TOKENIZERS_PARALLELISM")]
    [InlineData("PWD")]
    [InlineData("OLDPWD")]
    [InlineData("SSH_AUTH_SOCK")]
    [InlineData("GUILD_HOME")]
    [InlineData("RUN_ID")]
    [InlineData("PATH")]
    [InlineData("MONKEY")]
    [InlineData("KEYCLOAK_URL")]
    [InlineData("COMPASS")]
    public void A_name_that_only_holds_such_letters_is_not(string name) => Assert.False(SecretNames.IsSecretName(name));

    [Theory]
    [InlineData("postgres://ada:lovelace@db.example.org/x")]
    [InlineData("redis://:lovelace@cache.example.org")]
    [InlineData("--index-url https://ada:lovelace@packages.example.org/simple")]
    [InlineData("Server=db;User Id=ada;Password=lovelace")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=bG92ZWxhY2U=")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nabc")]
    public void A_value_that_carries_a_secret_is_secret(string value) => Assert.True(SecretNames.IsSecretValue(value));

    [Theory]
    [InlineData("https://example.org:8080/a@b")]
    [InlineData("https://ada@example.org/")]
    [InlineData("git@example.org:ada/project.git")]
    [InlineData("Server=db;Database=x;Password=")]
    [InlineData("/usr/bin:/bin")]
    public void Other_values_are_not(string value) => Assert.False(SecretNames.IsSecretValue(value));

    [Fact]
    public void Only_what_is_not_secret_is_left()
    {
        var environment = new Dictionary<string, string>
        {
            ["PATH"] = "/bin",
            ["API_KEY"] = "a",
            ["DATABASE"] = "postgres://ada:lovelace@db/x",
            ["Mine"] = "b",
        };
        Assert.Equal(["PATH"], SecretNames.WithoutSecrets(environment, ["MINE"]).Keys);
    }
}
