using Guild.Engine.Runs;

namespace Guild.Engine.Tests.Runs;

public sealed class RunIdTests
{
    [Fact]
    public void A_new_id_is_valid_and_unlike_any_other()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => RunId.New()).ToList();
        Assert.All(ids, id => Assert.True(RunId.IsValid(id)));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("0b9547409b6f41678d8711533d0cc48c", true)]
    [InlineData("0B9547409B6F41678D8711533D0CC48C", false)]
    [InlineData("0b954740", false)]
    [InlineData("0b954740-9b6f-4167-8d87-11533d0cc48", false)]
    [InlineData("", false)]
    public void An_id_is_32_lowercase_hexadecimal_characters(string text, bool isValid) => Assert.Equal(isValid, RunId.IsValid(text));

    [Theory]
    [InlineData("0b9547409b6f41678d8711533d0cc48c", "0b954740")]
    [InlineData("proto", "proto")]
    public void The_short_form_has_eight_characters_at_most(string id, string expected) => Assert.Equal(expected, RunId.Short(id));
}
