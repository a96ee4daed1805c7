using Marketing.Decisions.Experiments;
using Marketing.Decisions.Statistics;
using Marketing.Domain;

namespace Marketing.Tests.Decisions.Experiments;

public sealed class ExperimentAssignmentTests
{
    private static readonly VariantWeight[] Halves = [new("control", 1), new("treatment", 1)];

    [Fact]
    public void A_million_users_are_split_as_the_weights_say()
    {
        var assignment = new ExperimentAssignment("checkout", [new("a", 1), new("b", 2), new("c", 5)]);
        var users = new long[3];
        for (var user = 0; user < 1_000_000; user++)
        {
            users[assignment.Assign(new($"customer-{user}")).Variant]++;
        }

        Assert.True(SampleRatio.Check(users, [1, 2, 5]).PValue > 0.01, string.Join(", ", users));
    }

    [Theory]
    [InlineData("home", "checkout")]
    [InlineData("exp-1", "exp-2")]
    [InlineData("a", "b")]
    public void The_assignments_of_two_experiments_are_independent(string one, string other)
    {
        var (first, second) = (new ExperimentAssignment(one, Halves), new ExperimentAssignment(other, Halves));
        var users = new long[4];
        for (var user = 0; user < 200_000; user++)
        {
            var id = new UserId(user.ToString());
            users[(first.Assign(id).Variant * 2) + second.Assign(id).Variant]++;
        }

        Assert.True(SampleRatio.Check(users, [1, 1, 1, 1]).PValue > 0.001, string.Join(", ", users));
    }

    /// <summary>A change of the hash would move running experiments' users between variants.</summary>
    [Fact]
    public void A_user_keeps_the_variant_across_versions_of_the_product()
    {
        var assignment = new ExperimentAssignment("checkout", Halves, holdoutShare: 0.1);

        Assert.Equal(
            "CCCTTCHCCT",
            string.Concat(Enumerable.Range(0, 10).Select(user => Letter(assignment.Assign(new($"user-{user}"))))));
    }

    [Fact]
    public void A_larger_holdout_moves_nobody_between_variants()
    {
        var small = new ExperimentAssignment("checkout", Halves, holdoutShare: 0.05);
        var large = new ExperimentAssignment("checkout", Halves, holdoutShare: 0.2);
        var heldOut = 0;
        for (var user = 0; user < 20_000; user++)
        {
            var (before, after) = (small.Assign(new($"u{user}")), large.Assign(new($"u{user}")));
            heldOut += after.Kind == AssignmentKind.Holdout ? 1 : 0;
            Assert.True(after == before || after == Assignment.Holdout);
        }

        Assert.InRange(heldOut, 3_800, 4_200);
    }

    [Fact]
    public void Experiments_with_separate_ranges_of_a_layer_never_share_a_user()
    {
        var first = new ExperimentAssignment("a", Halves, range: new("ranking", 0, 0.3));
        var second = new ExperimentAssignment("b", Halves, range: new("ranking", 0.3, 1));
        var elsewhere = new ExperimentAssignment("c", Halves, range: new("design", 0, 0.5));
        int inFirst = 0, inBoth = 0;
        for (var user = 0; user < 20_000; user++)
        {
            var id = new UserId($"u{user}");
            var included = first.Assign(id).Kind == AssignmentKind.Variant;
            Assert.NotEqual(included, second.Assign(id).Kind == AssignmentKind.Variant);
            inFirst += included ? 1 : 0;
            inBoth += included && elsewhere.Assign(id).Kind == AssignmentKind.Variant ? 1 : 0;
        }

        Assert.InRange(inFirst, 5_800, 6_200);
        Assert.InRange((double)inBoth / inFirst, 0.47, 0.53);
    }

    [Fact]
    public void Assigning_a_user_allocates_nothing()
    {
        var assignment = new ExperimentAssignment("checkout", Halves, 0.1, new("ranking", 0, 0.9));
        var user = new UserId("customer-1");
        assignment.Assign(user);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            assignment.Assign(user);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_split_that_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new ExperimentAssignment("x", []));
        Assert.Throws<ArgumentException>(() => new ExperimentAssignment("x", [new("a", 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExperimentAssignment("x", Halves, holdoutShare: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExperimentAssignment("x", Halves, range: new("l", 0.5, 0.5)));
    }

    private static char Letter(Assignment assignment) =>
        assignment.Kind == AssignmentKind.Holdout ? 'H' : assignment.Variant == 0 ? 'C' : 'T';
}
