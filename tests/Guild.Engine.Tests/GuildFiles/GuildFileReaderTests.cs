using System.Text;
using Guild.Engine.GuildFiles;

namespace Guild.Engine.Tests.GuildFiles;

public sealed class GuildFileReaderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("guild-file-").FullName;

    private string FilePath => Path.Combine(_directory, GuildFileReader.FileName);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_folder_means_its_Guild_file()
    {
        File.WriteAllText(FilePath, "train: t\n");

        Assert.Equal(FilePath, GuildFileReader.Load(_directory).Path);
        Assert.Equal(_directory, GuildFileReader.Load(FilePath).Directory);
    }

    [Fact]
    public void A_folder_without_a_Guild_file_is_named_in_the_error()
    {
        Assert.Equal(_directory, Assert.Throws<GuildFileNotFoundException>(() => GuildFileReader.Read(_directory)).DirectoryPath);
        Assert.Equal(_directory, Assert.Throws<GuildFileNotFoundException>(() => GuildFileReader.Load(FilePath)).DirectoryPath);
    }

    [Fact]
    public void Loading_a_file_with_errors_raises_all_findings()
    {
        File.WriteAllText(FilePath, "a: 1\nb: {desc: x}\nc: 2\n");

        var error = Assert.Throws<GuildFileException>(() => GuildFileReader.Load(_directory));

        Assert.Equal(3, error.Diagnostics.Count);
        Assert.Equal(FilePath, error.Path);
        Assert.Contains($"{FilePath}(1,4): ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused()
    {
        using (var stream = File.Create(FilePath))
        {
            stream.SetLength(50_000_000);
        }

        Assert.Equal("TooLarge", Assert.Single(GuildFileReader.Read(_directory).Diagnostics).Id);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_a_finding()
    {
        var result = GuildFileReader.Parse([.. "a: "u8, 0xFF], FilePath);

        Assert.Equal(("InvalidEncoding", new TextPosition(1, 4)), (result.Diagnostics[0].Id, result.Diagnostics[0].Position));
    }

    [Fact]
    public void Columns_count_after_the_byte_order_mark()
    {
        var result = GuildFileReader.Parse([.. Encoding.UTF8.GetPreamble(), .. "a: 5"u8], FilePath);

        Assert.Equal(new TextPosition(1, 4), Assert.Single(result.Diagnostics).Position);
    }
}
