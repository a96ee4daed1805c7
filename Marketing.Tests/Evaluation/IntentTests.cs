namespace Marketing.Tests.Evaluation;

public sealed class IntentTests : EvaluationFolder
{
    [Fact]
    public async Task The_nearest_text_of_a_csv_tells_the_intent()
    {
        Write("train.csv", "text,category", "\"My card has not arrived, still\",card_arrival", "How do I top up?,top_up", "Where can I add money?,top_up");
        Write("test.csv", "text,category", "\"has the card, as promised, arrived\",card_arrival", "top up how?,top_up");

        var rows = await EvaluateAsync("intents", "test.csv");

        Assert.Equal(1, Metric(rows[("banking77", "embedding")], "accuracy"));
        Assert.Equal(1, Metric(rows[("banking77", "embedding+terms")], "accuracy"));
        Assert.Equal(0.5, Metric(rows[("banking77", "popular")], "accuracy"));
    }

    [Theory]
    [InlineData("""{"test": [["what is the weather today", "weather"]], "oos_test": [["x", "oos"]]}""")]
    [InlineData("""[["what is the weather today", "weather"]]""")]
    public async Task A_json_split_is_measured_in_scope(string split)
    {
        Write("train_val.json", """{"train": [["will it rain, what weather", "weather"], ["wire money", "transfer"]], "val": [["send money", "transfer"]]}""");
        Write("test.json", split);

        var rows = await EvaluateAsync("intents", "test.json", "embedding");

        Assert.Equal(1, rows[("clinc150", "embedding")].GetProperty("n").GetInt32());
        Assert.Equal(1, Metric(rows[("clinc150", "embedding")], "accuracy"));
    }
}
