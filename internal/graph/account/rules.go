package account

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/marquetry/marquetry/internal/graph"
	"github.com/marquetry/marquetry/internal/object"
)

// executions are what a rule can do.
func executions() []string {
	return []string{"ADD_INTEREST_RELAXATION", "ADD_QUESTIONNAIRE_INTERESTS", "AD_RECOMMENDATION_APPLY", "AUDIENCE_CONSOLIDATION",
		"AUDIENCE_CONSOLIDATION_ASK_FIRST", "CHANGE_BID", "CHANGE_BUDGET", "CHANGE_CAMPAIGN_BUDGET", "DCO", "INCREASE_RADIUS", "NOTIFICATION", "PAUSE",
		"PING_ENDPOINT", "REBALANCE_BUDGET", "ROTATE", "UNPAUSE", "UPDATE_CREATIVE", "UPDATE_LAX_BUDGET", "UPDATE_LAX_DURATION"}
}

// conditions are how a rule compares.
func conditions() []string {
	return []string{"ALL", "ANY", "CONTAIN", "EQUAL", "GREATER_THAN", "IN", "IN_RANGE", "LESS_THAN", "NONE", "NOT_CONTAIN", "NOT_EQUAL", "NOT_IN", "NOT_IN_RANGE"}
}

// adRule checks a rule. An empty spec is kept with a warning: clients try their set-up with one.
func adRule(_ context.Context, w *graph.Write) error {
	if w.Creating() {
		w.Data["created_by"] = w.Caller.UserID
	}
	for _, name := range []string{"evaluation_spec", "execution_spec"} {
		if spec, sent := w.Sent[name].(map[string]any); sent && len(spec) == 0 {
			w.Warnings = append(w.Warnings, object.Warning{Rule: "rule.empty", Path: []string{name}, Message: name + " is empty: the rule says nothing"})
		}
	}
	c := ruleChecks{w}
	c.evaluation(object.Members(w.Data, "evaluation_spec"))
	if spec := object.Members(w.Data, "execution_spec"); len(spec) > 0 {
		c.oneOf(spec, executions(), "execution_spec", "execution_type")
		for i, elem := range object.Listed(spec, "execution_options") {
			c.condition(elem, "execution_spec", "execution_options", strconv.Itoa(i))
		}
	}
	if spec := object.Members(w.Data, "schedule_spec"); spec != nil {
		c.oneOf(spec, []string{"CUSTOM", "DAILY", "HOURLY", "SEMI_HOURLY"}, "schedule_spec", "schedule_type")
		if spec["schedule_type"] == "CUSTOM" && len(object.Listed(spec, "schedule")) == 0 {
			w.Fault(object.Broken("rule.schedule", 0, "a CUSTOM schedule needs the list schedule", "schedule_spec", "schedule"))
		}
	}
	return nil
}

// ruleChecks collects what is wrong with a rule.
type ruleChecks struct{ *graph.Write }

// evaluation checks when a rule acts.
func (c ruleChecks) evaluation(spec map[string]any) {
	if len(spec) == 0 {
		return
	}
	kind := c.oneOf(spec, []string{"SCHEDULE", "TRIGGER"}, "evaluation_spec", "evaluation_type")
	filters := object.Listed(spec, "filters")
	if len(filters) == 0 {
		c.Fault(object.Broken("rule.filters", 0, "evaluation_spec needs filters", "evaluation_spec", "filters"))
	}
	for i, elem := range filters {
		c.condition(elem, "evaluation_spec", "filters", strconv.Itoa(i))
	}
	trigger := object.Members(spec, "trigger")
	switch {
	case kind == "TRIGGER" && trigger == nil:
		c.Fault(object.Broken("rule.trigger", 0, "a TRIGGER rule needs trigger", "evaluation_spec", "trigger"))
	case trigger != nil:
		c.oneOf(trigger, []string{"DELIVERY_INSIGHTS_CHANGE", "METADATA_CREATION", "METADATA_UPDATE", "STATS_CHANGE", "STATS_MILESTONE"}, "evaluation_spec", "trigger", "type")
	}
	if _, scheduled := c.Data["schedule_spec"]; kind == "SCHEDULE" && !scheduled {
		c.Warnings = append(c.Warnings, object.Warning{Rule: "rule.schedule", Path: []string{"schedule_spec"}, Message: "a SCHEDULE rule without schedule_spec has no times"})
	}
}

// condition checks one {field, operator, value}.
func (c ruleChecks) condition(elem any, path ...string) {
	condition, _ := elem.(map[string]any)
	if object.Text(condition, "field") == "" {
		c.Fault(object.Broken("rule.field", 0, "a condition needs field", append(path, "field")...))
	}
	if condition["value"] == nil {
		c.Fault(object.Broken("rule.value", 0, "a condition needs value", append(path, "value")...))
	}
	c.oneOf(condition, conditions(), append(path, "operator")...)
}

// oneOf checks that a member, named by the end of the path, is one of some words, and answers it.
func (c ruleChecks) oneOf(spec map[string]any, words []string, path ...string) string {
	name := path[len(path)-1]
	word := object.Text(spec, name)
	if !slices.Contains(words, word) {
		c.Fault(object.Broken("rule."+name, 0, fmt.Sprintf("(#100) Param %s must be one of {%s}", strings.Join(path, "."), strings.Join(words, ", ")), path...))
	}
	return word
}
