namespace Marketing.Tests.Evaluation;

public sealed class EvaluationErrorTests : EvaluationFolder
{
    [Theory]
    [InlineData("opendialkg", "valid.jsonl")]
    [InlineData("movielens", "u.data")]
    [InlineData("completejourney", "campaign_descriptions.csv")]
    [InlineData("intents", "train.csv")]
    [InlineData("log", "*.ndjson")]
    [InlineData("openbandit", "random/men/men.csv")]
    public async Task A_missing_file_is_named_in_one_sentence(string dataset, string file)
    {
        var (code, output, errors) = await RunAsync(dataset);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(file, errors, StringComparison.Ordinal);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_split_that_is_nowhere_is_named()
    {
        var (code, _, errors) = await RunAsync("opendialkg", "nowhere.jsonl");

        Assert.Equal(1, code);
        Assert.Contains("--split names 'nowhere.jsonl'", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_strategy_is_answered_with_those_there_are()
    {
        var (code, _, errors) = await RunAsync("movielens", split: null, "magic");

        Assert.Equal(1, code);
        Assert.Contains("hybrid, classic, random, popular", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_another_format_is_named_with_its_line()
    {
        Write("train.jsonl", """{"dialog_id": 1, "turn_id": 1, "context": ["a"], "rec": ["b"]}""", "not json");
        Write("valid.jsonl", "{}");

        var (code, _, errors) = await RunAsync("opendialkg");

        Assert.Equal(1, code);
        Assert.StartsWith("Line 2 of", errors, StringComparison.Ordinal);
    }
}
