namespace Marketing.Tests.Evaluation;

public sealed class OpenDialKgTests : EvaluationFolder
{
    public OpenDialKgTests()
    {
        Write("item_ids.json", "[0, 2, 3]");
        Write("entity2id.json", """{"Harvest Moon": 0, "Ada Pell": 1, "Night Train": 2, "The Orchard": 3}""");
        Write("id2info.json", """
            {"7": {"name": "Harvest Moon", "year": "1990", "actor": ["Ada Pell"], "genre": ["Drama"]},
             "8": {"name": "Night Train", "director": ["Ben Odd"], "genre": ["Thriller"]},
             "9": {"name": "The Orchard", "writer": ["Cy Tam"]}}
            """);
        Write("train.jsonl",
            """{"dialog_id": 1, "turn_id": 1, "context": ["Something that keeps me awake please"], "entity": [], "rec": ["Night Train"], "resp": ""}""",
            """{"dialog_id": 2, "turn_id": 1, "context": ["A quiet book about apples"], "entity": [], "rec": ["The Orchard"], "resp": ""}""");
        Write("valid.jsonl",
            """{"dialog_id": 3, "turn_id": 1, "context": ["Hello", "What is there with Ada Pell?"], "entity": ["Ada Pell"], "rec": ["Harvest Moon"], "resp": ""}""",
            """{"dialog_id": 4, "turn_id": 1, "context": ["I like Night Train, keep me awake"], "entity": ["Night Train"], "rec": ["Night Train", "Unheard Of"], "resp": ""}""",
            """{"dialog_id": 2, "turn_id": 3, "context": ["Another book about apples"], "entity": [], "rec": ["The Orchard"], "resp": ""}""");
    }

    [Fact]
    public async Task An_item_is_found_by_who_plays_in_it_and_by_what_others_said()
    {
        var rows = await EvaluateAsync("opendialkg");

        Assert.Equal(3 / 4.0, Metric(rows[("all", "hybrid")], "recall@1"));
        Assert.Equal(["hybrid", "classic", "random", "popular"], rows.Keys.Where(key => key.Subset == "all").Select(key => key.Strategy));
    }

    [Fact]
    public async Task Every_recommended_item_is_a_question_of_its_own()
    {
        var rows = await EvaluateAsync("opendialkg", split: null, "random");

        Assert.Equal(4, rows[("all", "random")].GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task Known_dialogues_and_mentioned_items_are_not_new()
    {
        var rows = await EvaluateAsync("opendialkg", split: null, "random");

        // What remains is Harvest Moon and the item that is not a candidate, which no one mentioned.
        Assert.Equal(2, rows[("new", "random")].GetProperty("n").GetInt32());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_split_may_be_named_by_its_path_or_within_the_folder(bool absolute)
    {
        var path = Write("test.jsonl",
            """{"dialog_id": 9, "turn_id": 1, "context": ["Anything by Cy Tam"], "entity": [], "rec": ["The Orchard"], "resp": ""}""");

        var rows = await EvaluateAsync("opendialkg", absolute ? path : "test.jsonl", "hybrid");

        Assert.Equal(1, Metric(rows[("all", "hybrid")], "mrr"));
    }
}
