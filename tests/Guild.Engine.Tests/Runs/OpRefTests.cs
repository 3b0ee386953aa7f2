using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class OpRefTests
{
    [Fact]
    public void A_reference_of_today_has_four_shell_words()
    {
        Assert.Equal(
            new OpRef("guildfile", "/srv/my demo/guild.yml", "abc", "", "train"),
            OpRef.Parse("guildfile:'/srv/my demo/guild.yml' abc '' train"));
    }

    [Fact]
    public void A_reference_of_2018_has_question_marks_for_what_is_missing()
    {
        Assert.Equal(new OpRef("pending", "", "", "", "train"), OpRef.Parse("pending:? ? ? train"));
    }

    [Fact]
    public void A_reference_of_2018_keeps_the_backslashes_of_its_path()
    {
        Assert.Equal(@"C:\work\demo", OpRef.Parse(@"guildfile:C:\work\demo abc mlp train").PackageName);
    }

    [Fact]
    public void A_reference_of_2018_keeps_the_spaces_of_its_folder()
    {
        Assert.Equal(new OpRef("guildfile", "/srv/my demo", "abc", "mlp", "train"), OpRef.Parse("guildfile:/srv/my demo abc mlp train\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("guildfile:x 1 train")]
    [InlineData("guildfile 1 mlp train")]
    [InlineData("guildfile:'x 1 mlp train")]
    [InlineData("guildfile:x 1 mlp ''")]
    public void Other_text_is_no_reference(string text)
    {
        Assert.Null(OpRef.TryParse(text));
        Assert.Throws<FormatException>(() => OpRef.Parse(text));
    }

    [Theory]
    [InlineData("mlp", "train", "mlp:train")]
    [InlineData("", "train", "train")]
    public void The_full_name_has_the_model_if_there_is_one(string model, string operation, string expected)
    {
        Assert.Equal(expected, new OpRef("guildfile", "x", "1", model, operation).FullName);
    }

    [Theory]
    [InlineData("/srv/demo/guild.yml", "", "a b")]
    [InlineData(@"C:\Users\Ada Lovelace\guild.yml", "m'1", "it's")]
    public void What_is_written_is_read_again(string package, string model, string operation)
    {
        var opRef = new OpRef("guildfile", package, "", model, operation);
        Assert.Equal(opRef, OpRef.Parse(opRef.ToString()));
    }
}
